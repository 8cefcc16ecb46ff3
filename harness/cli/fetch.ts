/**
 * `fetch`: download networks and photographs into the data root.
 *
 * @module
 */
import { silentProgress, UsageError } from "../base/mod.ts";
import { fetchDownload } from "../fetch/mod.ts";
import { terminalProgress } from "../run/mod.ts";
import type { Options } from "./options.ts";
import { print } from "./print.ts";

/** Downloads what is named; what is there and whole is left as it is. */
export async function fetchData(
  { words, dataRoot, networks, quiet, json }: Options,
  signal: AbortSignal,
): Promise<number> {
  const [, name, ...rest] = words;
  if (name === undefined || rest.length > 0) {
    throw new UsageError("fetch: wanted one name, for instance imagenet");
  }
  const { items, lacking } = await fetchDownload(name, {
    dataRoot,
    networks,
    signal,
    progress: quiet ? silentProgress : terminalProgress(),
    log: quiet ? () => {} : (line) => console.error(line),
  });
  print(json, { items, lacking }, () =>
    [
      ...items.map(({ name, state }) => `${state.padEnd(8)} ${name}`),
      ...lacking.map(({ id, why }) => `no source for ${id}: ${why}`),
      `data root: ${dataRoot}`,
    ].join("\n"));
  return 0;
}
