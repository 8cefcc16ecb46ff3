/**
 * Ctrl-C and the polite kill, as an abort signal.
 *
 * @module
 */

/** The exit code of a command that was interrupted. */
export const INTERRUPTED = 130;

/**
 * Aborts on the first SIGINT or SIGTERM, so that what is under way can stop and clean up; a second one
 * ends the process at once. Disposal stops listening.
 */
export function interruptSignal(): { readonly signal: AbortSignal } & Disposable {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) Deno.exit(INTERRUPTED);
    controller.abort(new DOMException("interrupted", "AbortError"));
  };
  const names: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  for (const name of names) Deno.addSignalListener(name, onSignal);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const name of names) Deno.removeSignalListener(name, onSignal);
    },
  };
}
