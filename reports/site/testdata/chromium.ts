/**
 * Debian's Chromium without a window, driven through its DevTools protocol on the loopback device.
 *
 * @module
 */

const PROGRAM = "/usr/bin/chromium";

/** No sandbox, because tests run as root in CI; nothing that Chromium does by itself. */
const ARGUMENTS = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  ...["--disable-component-update", "--no-first-run", "--hide-scrollbars"],
  ...["--remote-debugging-address=127.0.0.1", "--remote-debugging-port=0"],
];

/** A page. */
export interface BrowserPage extends AsyncDisposable {
  /** Opens an address and waits until it has loaded. */
  open(address: string): Promise<void>;
  /** The value of an expression in the page; promises are waited for. */
  evaluate(expression: string): Promise<unknown>;
  /** Any command of the protocol. */
  send(method: string, params?: object): Promise<Record<string, unknown>>;
  /** Addresses that were asked for so far. */
  readonly requests: readonly string[];
  /** What the page reported as errors so far. */
  readonly errors: readonly string[];
}

/** Registers a test that needs Chromium: skipped where there is none, unless REQUIRE_SHARED=1. */
export function browserTest(name: string, body: (page: BrowserPage) => Promise<void>): void {
  const isMissing = !exists(PROGRAM);
  const ignore = isMissing && Deno.env.get("REQUIRE_SHARED") !== "1";
  if (ignore) console.log(`skipped, ${PROGRAM} is absent: ${name}`);
  Deno.test({
    name,
    ignore,
    async fn() {
      if (isMissing) throw new Error(`REQUIRE_SHARED=1, but ${PROGRAM} is absent`);
      await using page = await openBrowser();
      await body(page);
    },
  });
}

/** Starts Chromium with an empty profile and a blank page. */
export async function openBrowser(): Promise<BrowserPage> {
  const profile = await Deno.makeTempDir();
  const process = new Deno.Command(PROGRAM, {
    args: [...ARGUMENTS, `--user-data-dir=${profile}`, "about:blank"],
    stdout: "null",
    stderr: "null",
  }).spawn();
  const socket = new WebSocket(await pageAddress(profile));
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  const page = pageOn(socket);
  for (const domain of ["Page", "Runtime", "Network", "Log"]) await page.send(`${domain}.enable`);
  return {
    ...page,
    async [Symbol.asyncDispose]() {
      socket.close();
      process.kill("SIGKILL");
      await process.status;
      await Deno.remove(profile, { recursive: true }).catch(() => {});
    },
  };
}

/** Chromium leaves its port in a file. */
async function pageAddress(profile: string): Promise<string> {
  for (let tries = 0; tries < 400; tries++) {
    try {
      const [port] = (await Deno.readTextFile(`${profile}/DevToolsActivePort`)).split("\n");
      const response = await fetch(`http://127.0.0.1:${port}/json/list`);
      const targets: { type: string; webSocketDebuggerUrl: string }[] = await response.json();
      const page = targets.find(({ type }) => type === "page");
      if (page) return page.webSocketDebuggerUrl;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound || error instanceof TypeError)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("Chromium did not open a port");
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

function pageOn(socket: WebSocket): Omit<BrowserPage, typeof Symbol.asyncDispose> {
  const waiting = new Map<number, PromiseWithResolvers<Record<string, unknown>>>();
  const requests: string[] = [];
  const errors: string[] = [];
  let loaded = Promise.withResolvers<void>();
  let sent = 0;
  socket.onmessage = ({ data }) => {
    const { id, method, params, result, error }: Message = JSON.parse(data);
    if (id !== undefined) {
      const { resolve, reject } = waiting.get(id)!;
      if (error) reject(new Error(error.message));
      else resolve(result!);
      waiting.delete(id);
    }
    if (method === "Page.loadEventFired") loaded.resolve();
    if (method === "Network.requestWillBeSent") {
      requests.push((params as { request: { url: string } }).request.url);
    }
    if (method === "Runtime.exceptionThrown" || method === "Log.entryAdded") {
      errors.push(JSON.stringify(params));
    }
  };
  const send = (method: string, params: object = {}) => {
    const answer = Promise.withResolvers<Record<string, unknown>>();
    waiting.set(++sent, answer);
    socket.send(JSON.stringify({ id: sent, method, params }));
    return answer.promise;
  };
  return {
    requests,
    errors,
    send,
    async open(address) {
      loaded = Promise.withResolvers();
      await send("Page.navigate", { url: address });
      await loaded.promise;
    },
    async evaluate(expression) {
      const { result, exceptionDetails } = await send("Runtime.evaluate", {
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
      return (result as { value?: unknown }).value;
    },
  };
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
