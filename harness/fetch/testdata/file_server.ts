/**
 * A small HTTP server on this machine that can misbehave on purpose: ignore ranges, cut connections,
 * stall. It writes its answers itself, so that a cut is a cut.
 *
 * @module
 */

/** How the server answers for one path. */
export interface ServedFile {
  readonly bytes: Uint8Array;
  /** False: answers every request with the whole file. */
  readonly ranges?: boolean;
  readonly etag?: string;
  /** Bytes of the body after which the connection is cut, one for each request in turn. */
  readonly cutAfter?: readonly number[];
  /** Status of each request in turn instead of a body. */
  readonly status?: readonly number[];
  readonly location?: string;
  /** Length to claim instead of the right one; null sends none. */
  readonly contentLength?: number | null;
  /** Milliseconds between pieces of 100 bytes. */
  readonly pace?: number;
  /** Bytes after which the connection stays open and silent. */
  readonly stallAfter?: number;
}

/** A request as it came, and the bytes of the body that were sent. */
export interface SeenRequest {
  readonly path: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
  sent: number;
}

/** The server; stops when disposed of. */
export class FileServer implements AsyncDisposable {
  readonly files = new Map<string, ServedFile>();
  readonly requests: SeenRequest[] = [];
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #connections = new Set<Deno.Conn>();
  readonly #answers = new Set<Promise<void>>();
  readonly #accepting: Promise<void>;

  constructor() {
    this.#accepting = this.#accept();
  }

  /** Address of the folder that holds everything. */
  get base(): string {
    return `http://127.0.0.1:${this.#listener.addr.port}/`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const connection of this.#connections) this.#close(connection);
    await Promise.all([this.#accepting, ...this.#answers]);
  }

  async #accept(): Promise<void> {
    try {
      for await (const connection of this.#listener) {
        this.#connections.add(connection);
        const answer = this.#answer(connection).catch(() => {}).finally(() => {
          this.#close(connection);
          this.#answers.delete(answer);
        });
        this.#answers.add(answer);
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  }

  #close(connection: Deno.Conn): void {
    if (this.#connections.delete(connection)) connection.close();
  }

  async #answer(connection: Deno.Conn): Promise<void> {
    const head = await readHead(connection);
    const path = /^GET \/(\S*) /.exec(head)?.[1] ?? "";
    const header = (name: string) => new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1]?.trim();
    const earlier = this.requests.filter((request) => request.path === path).length;
    const seen: SeenRequest = {
      path,
      range: header("range"),
      ifRange: header("if-range"),
      sent: 0,
    };
    this.requests.push(seen);
    const file = this.files.get(path);
    const status = file ? file.status?.[earlier] : 404;
    if (!file || (status !== undefined && status !== 200)) {
      const location = file?.location ? [`location: ${file.location}`] : [];
      return await send(connection, `${status}`, ["content-length: 0", ...location]);
    }
    await sendFile(connection, file, seen, file.cutAfter?.[earlier]);
  }
}

async function sendFile(
  connection: Deno.Conn,
  file: ServedFile,
  seen: SeenRequest,
  cutAfter = Infinity,
): Promise<void> {
  const { bytes, etag } = file;
  const headers = etag ? [`etag: ${etag}`] : [];
  const asked = Number(/^bytes=(\d+)-$/.exec(seen.range ?? "")?.[1] ?? 0);
  const isSame = seen.ifRange === undefined || seen.ifRange === etag;
  const start = (file.ranges ?? true) && isSame ? asked : 0;
  if (start >= bytes.length && start > 0) {
    headers.push(`content-range: bytes */${bytes.length}`, "content-length: 0");
    return await send(connection, "416", headers);
  }
  const body = bytes.subarray(start);
  const length = file.contentLength === undefined ? body.length : file.contentLength;
  if (length !== null) headers.push(`content-length: ${length}`);
  if (start > 0) headers.push(`content-range: bytes ${start}-${bytes.length - 1}/${bytes.length}`);
  await send(connection, start > 0 ? "206" : "200", headers);
  const end = Math.min(body.length, cutAfter, file.stallAfter ?? Infinity);
  const piece = file.pace === undefined ? end : 100;
  for (let at = 0; at < end; at += piece) {
    const part = body.subarray(at, Math.min(end, at + piece));
    await writeAll(connection, part);
    seen.sent += part.length;
    if (file.pace !== undefined) await new Promise((resolve) => setTimeout(resolve, file.pace));
  }
  // Silence: until the other side hangs up.
  if (file.stallAfter !== undefined) await connection.read(new Uint8Array(1));
}

async function readHead(connection: Deno.Conn): Promise<string> {
  let head = "";
  const buffer = new Uint8Array(4096);
  while (!head.includes("\r\n\r\n")) {
    const count = await connection.read(buffer);
    if (count === null) throw new Error("no request came");
    head += new TextDecoder().decode(buffer.subarray(0, count));
  }
  return head;
}

function send(connection: Deno.Conn, status: string, headers: readonly string[]): Promise<void> {
  const lines = [`HTTP/1.1 ${status} `, "connection: close", ...headers, "", ""];
  return writeAll(connection, new TextEncoder().encode(lines.join("\r\n")));
}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}
