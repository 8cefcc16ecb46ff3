/**
 * The whole site, file by file: the same results give the same bytes.
 *
 * @module
 */
import { renderPage, renderPart, type SitePage } from "./page.ts";
import { claimTable } from "./claim_table.ts";
import type { PublishedRun } from "./published_run.ts";
import { runValues } from "./run_values.ts";
import { changesPage, feedView } from "./views/changes_view.ts";
import { claimPages } from "./views/claim_view.ts";
import { comparisonPage } from "./views/comparison_view.ts";
import { contentsPage } from "./views/contents_view.ts";
import { experimentPages } from "./views/experiment_view.ts";
import { networkPages } from "./views/network_view.ts";
import { lockPath } from "./views/paths.ts";
import { runPage } from "./views/run_view.ts";
import { startPage } from "./views/start_view.ts";

/** A file of the site. */
export interface SiteFile {
  /** From the root of the site; its parts are plain, see `slugOf`. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What no result holds, for instance a page on which a network runs. */
export interface SiteAddition {
  /** Its page, one of its files. */
  readonly path: string;
  readonly title: string;
  /** A sentence for the start page. */
  readonly about: string;
  /** The runs that it shows, by their slugs: the pages of those lead here too. */
  readonly runs?: readonly string[];
  readonly files: Iterable<SiteFile>;
}

const SCRIPTS = [
  "compare_runs.js",
  "filter_tables.js",
  "hover_values.js",
  "search_contents.js",
  "sort_tables.js",
];

/**
 * Every file, a run at a time, so that not all of them are in memory at once.
 *
 * @param runs Newest first, see `publishedRuns`.
 */
export function* siteFiles(
  runs: readonly PublishedRun[],
  additions: readonly SiteAddition[] = [],
): Generator<SiteFile> {
  const others: SitePage[] = [];
  for (const run of runs) {
    const { files, pages } = runFiles(run, additions.filter((one) => one.runs?.includes(run.slug)));
    others.push(...pages);
    yield* files;
  }
  for (const { files } of additions) yield* files;
  yield* assets();
  yield* locks(runs);
  const pages = [
    startPage(runs, additions),
    ...experimentPages(runs),
    ...networkPages(runs),
    ...claimPages(runs),
    comparisonPage(runs),
    changesPage(runs),
    contentsPage(runs, [...additions, ...others]),
  ];
  for (const page of pages) yield file(page.path, renderPage(page));
  const feed = feedView(runs);
  if (feed) yield file("feed.atom", renderPart("feed", feed));
}

function runFiles(
  run: PublishedRun,
  additions: readonly SiteAddition[],
): { files: SiteFile[]; pages: readonly SitePage[] } {
  const { report, tables, figures, pages } = run.content.documents(run);
  const written = [
    { name: "result.json", about: "every number, as the run left it", bytes: run.bytes },
    { name: "checks.csv", about: "every check", bytes: encode(claimTable(run.content.frame)) },
    ...tables.map(({ name, text }) => ({ name, about: "every estimate", bytes: encode(text) })),
    ...(report === null
      ? []
      : [{ name: "report.html", about: "the full report, one page", bytes: encode(report) }]),
    ...figures.map(({ name, title, text }) => ({
      name: `figures/${name}`,
      about: title,
      bytes: encode(text),
    })),
  ];
  const folder = `runs/${run.slug}`;
  const listed = written.map(({ name, about, bytes }) => ({ name, about, bytes: bytes.length }));
  return {
    pages,
    files: [
      ...written.map(({ name, bytes }) => ({ path: `${folder}/${name}`, bytes })),
      ...[...run.pictures].map(([name, bytes]) => ({ path: `${folder}/pictures/${name}`, bytes })),
      file(`${folder}/values.js`, runValues(run)),
      ...[runPage(run, listed, [...pages, ...additions]), ...pages].map((page) =>
        file(page.path, renderPage(page))
      ),
    ],
  };
}

/** The lock files of the runs, each once. */
function* locks(runs: readonly PublishedRun[]): Generator<SiteFile> {
  const known = new Map(runs.flatMap(({ lock }) => lock ? [[lock.sha256, lock.bytes]] : []));
  for (const [sha256, bytes] of known) yield { path: lockPath(sha256), bytes };
}

/** Style sheet and scripts. */
function* assets(): Generator<SiteFile> {
  const style = [
    "../templates/style.css",
    "../protopnet/templates/protopnet.css",
    "assets/site.css",
  ].map(read).join("\n");
  yield file("style.css", style);
  for (const name of SCRIPTS) yield file(`scripts/${name}`, read(`assets/${name}`));
}

function file(path: string, text: string): SiteFile {
  return { path, bytes: encode(text) };
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function read(name: string): string {
  return Deno.readTextFileSync(new URL(name, import.meta.url));
}
