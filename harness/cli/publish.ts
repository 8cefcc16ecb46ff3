/**
 * `publish`: the static site of stored results.
 *
 * @module
 */
import { publishedRuns, siteFiles } from "../../reports/mod.ts";
import { formatBytes } from "../base/mod.ts";
import { liveAdditions, readRuns, writeSite } from "../publish/mod.ts";
import type { Options } from "./options.ts";
import { print } from "./print.ts";

/** The results that are committed. */
const RESULTS = "reports/results";

/** Where the site goes. */
const SITE = "reports/published";

/** Reads results, the committed ones unless told which, and writes the site. */
export async function publish(options: Options, signal: AbortSignal): Promise<number> {
  const { words, from, out = SITE, json } = options;
  const [, ...named] = words;
  const places = [...(named.length > 0 ? named : [RESULTS]), ...from];
  const runs = publishedRuns(await readRuns(places));
  const written = await writeSite(out, siteFiles(runs, await liveAdditions(runs)), signal);
  print(json, { site: out, runs: runs.length, ...written }, () =>
    [
      `${runs.length} runs on ${written.files} files, ${formatBytes(written.bytes)}; ` +
      `${written.replaced} written, ${written.removed} removed`,
      `site: ${out}/index.html`,
    ].join("\n"));
  return 0;
}
