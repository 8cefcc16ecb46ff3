/**
 * Opening an address, and following it only to places that are allowed.
 *
 * @module
 */
import { messageOf } from "../base/mod.ts";
import { RefusedError, TransientError } from "./transfer_error.ts";

/** Redirects that are followed. */
const MAX_REDIRECTS = 5;

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Answers after which the same request can succeed: time-outs, too many requests, server faults. */
const isTransient = (status: number) =>
  status === 408 || status === 425 || status === 429 || status >= 500;

/**
 * The answer to a GET request, its status 200, 206 or 416. Only https to the named hosts is used;
 * plain http only to this machine, when that is among the hosts.
 *
 * @param hosts Exact names, or `*.suffix`.
 * @throws {RefusedError} When the address or a redirect leads elsewhere, or the file is not there.
 * @throws {TransientError} When the connection fails or the server cannot answer now.
 */
export async function openUrl(
  url: string,
  hosts: readonly string[],
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  let here = new URL(url);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    checkPlace(here, hosts);
    const response = await get(here, headers, signal);
    if (response.status === 200 || response.status === 206 || response.status === 416) {
      return response;
    }
    await response.body?.cancel();
    const location = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && location !== null) {
      const next = URL.parse(location, here);
      if (!next) throw new RefusedError(`redirected to "${location}", which is no address`);
      here = next;
      continue;
    }
    const answer = `${here.host} answered ${response.status} ${response.statusText}`.trim();
    throw isTransient(response.status)
      ? new TransientError(answer)
      : new RefusedError(`${answer}, wanted 200`);
  }
  throw new RefusedError(`more than ${MAX_REDIRECTS} redirects`);
}

/**
 * Lets an address pass that is allowed.
 *
 * @throws {RefusedError} When it is not.
 */
export function checkPlace(url: URL, hosts: readonly string[]): void {
  const isSafe = url.protocol === "https:" ||
    (url.protocol === "http:" && LOOPBACK.has(url.hostname));
  if (!isSafe) throw new RefusedError(`leads to ${url.protocol}//${url.host}, wanted https`);
  const isNamed = hosts.some((host) =>
    host.startsWith("*.") ? url.hostname.endsWith(host.slice(1)) : url.hostname === host
  );
  if (!isNamed) {
    throw new RefusedError(
      `leads to ${url.hostname}, wanted one of the hosts in downloads.json (${hosts.join(", ")})`,
    );
  }
}

async function get(
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  try {
    return await fetch(url, { headers, signal, redirect: "manual" });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Deno.errors.NotCapable) throw new RefusedError(messageOf(error));
    throw new TransientError(messageOf(error));
  }
}
