/**
 * Live pages of the trained ProtoPNets that published runs left.
 *
 * @module
 */
import { basename, dirname } from "node:path";
import { canonicalJson } from "../base/mod.ts";
import { hasModels, modelsOfRun, type ReadModel, readModel } from "../exported/mod.ts";
import { livePageFiles, liveRuntimeFiles } from "../../reports/live/mod.ts";
import { type PublishedRun, type SiteAddition, type SiteFile, slugOf } from "../../reports/mod.ts";
import { liveModel } from "./live_model_of.ts";

/** Folder of the pages in the site, and in it that of the files that all share. */
const LIVE = "live";
const RUNTIME = "runtime";

/** A network, and the runs that left it. */
interface Trained {
  readonly read: ReadModel;
  readonly runs: PublishedRun[];
}

/**
 * A page for each network that takes colours, in the order of the runs; the same network of several runs
 * has one page.
 *
 * @throws {RunError} When a file of a network is missing or damaged.
 */
export async function liveAdditions(runs: readonly PublishedRun[]): Promise<SiteAddition[]> {
  const additions: SiteAddition[] = [];
  for (const { read, runs: its } of await trainedIn(runs)) {
    const home = its.find(({ content }) => content.pictures.length > 0) ?? its[0]!;
    const sheets = home.content.pictures.length > 0 ? "sheets.html" : "index.html";
    const model = await liveModel(read, {
      sheets: `../../runs/${home.slug}/${sheets}`,
      home: "../../index.html",
    });
    const place = `${LIVE}/${home.slug}-${slugOf(read.model.id)}`;
    const own = inFolder(place, livePageFiles(model, `../${RUNTIME}/`));
    const isFirst = additions.length === 0;
    additions.push({
      path: `${place}/index.html`,
      title: `Live: ${model.title}`,
      about: "the trained network explains images in your browser",
      runs: its.map(({ slug }) => slug),
      files: isFirst ? joined(inFolder(`${LIVE}/${RUNTIME}`, liveRuntimeFiles()), own) : own,
    });
  }
  return additions;
}

/** Networks that take colours, by everything that is known of them. */
async function trainedIn(runs: readonly PublishedRun[]): Promise<Iterable<Trained>> {
  const found = new Map<string, Trained>();
  for (const run of runs) {
    const folder = dirname(run.file);
    if (basename(run.file) !== "result.json" || !await hasModels(folder)) continue;
    for (const id of await modelsOfRun(folder)) {
      const read = await readModel(folder, id);
      if (read.model.input.channels !== 3) continue;
      const key = canonicalJson(read.model);
      const known = found.get(key);
      if (known) known.runs.push(run);
      else found.set(key, { read, runs: [run] });
    }
  }
  return found.values();
}

function* inFolder(folder: string, files: Iterable<SiteFile>): Generator<SiteFile> {
  for (const { path, bytes } of files) yield { path: `${folder}/${path}`, bytes };
}

function* joined<T>(...parts: Iterable<T>[]): Generator<T> {
  for (const part of parts) yield* part;
}
