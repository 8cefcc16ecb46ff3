/**
 * `downloads.json`: what `fetch` may download, from which hosts, and the digests it must have.
 *
 * @module
 */
import { z } from "zod";
import { RunError } from "../harness/base/mod.ts";
import downloads from "./downloads.json" with { type: "json" };

const size = z.int().positive();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const md5 = z.string().regex(/^[0-9a-f]{32}$/);
const wnid = z.string().regex(/^n\d{8}$/);
/** A path in which every part is a plain name. */
const path = z.string().regex(/^(?!\.)[\w.-]+(\/(?!\.)[\w.-]+)*$/);

const limits = z.strictObject({
  entries: size,
  entryBytes: size,
  totalBytes: size.describe("The whole archive without its compression"),
});

const networkSchema = z.strictObject({
  id: z.string(),
  architecture: z.string(),
  source: z.string(),
  path,
  bytes: size,
  sha256,
  licence: z.string(),
  input: z.strictObject({
    colour_order: z.enum(["RGB", "BGR"]),
    mean: z.array(z.number()).length(3).describe("In the order of the tensor's channels"),
    std: z.array(z.number().positive()).length(3),
  }),
  published: z.strictObject({ top1: z.number(), top5: z.number(), of: z.string() }),
  notes: z.string(),
});

const imagenetteSchema = z.strictObject({
  source: z.string(),
  path,
  bytes: size,
  sha256,
  md5: md5.optional(),
  root: path.describe("Folder at the top of the archive"),
  classes: z.record(wnid, z.strictObject({ name: z.string(), imagenet_index: z.int() })),
  trainImages: size.describe("Images a class"),
  valImages: size.describe("Images a class"),
  limits,
  choice: z.string(),
  terms: z.string(),
});

const archiveSchema = z.strictObject({
  id: path.describe("Name of the folder in data/"),
  source: z.string(),
  path,
  bytes: size,
  sha256,
  md5: md5.optional(),
  root: path.describe("Folder at the top of the archive"),
  files: z.array(path).min(1).describe("What is kept, by paths in that folder"),
  folders: z.record(path, size).default({})
    .describe("Folders in it that are kept whole, and how many files each must hold"),
  limits,
  terms: z.string(),
});

const downloadSchema = z.strictObject({
  summary: z.string(),
  networks: z.array(networkSchema).default([]),
  lacking: z.array(z.strictObject({ id: z.string(), why: z.string() })).default([]),
  imagenette: imagenetteSchema.optional(),
  archives: z.array(archiveSchema).default([]),
});

const downloadsSchema = z.strictObject({
  note: z.string(),
  hosts: z.array(z.string()).min(1).describe("Exact names, or *.suffix"),
  sources: z.record(
    z.string(),
    z.strictObject({ repository: z.string(), bases: z.array(z.url()).min(1) }),
  ),
  downloads: z.record(z.string(), downloadSchema),
});

/** Everything that can be downloaded. */
export type Downloads = z.infer<typeof downloadsSchema>;

/** What one name after `fetch` stands for. */
export type Download = z.infer<typeof downloadSchema>;

/** A network's file and what its entry in `models.json` says beyond the file itself. */
export type NetworkPin = z.infer<typeof networkSchema>;

/** The archive of photographs and which of them are kept. */
export type ImagenettePin = z.infer<typeof imagenetteSchema>;

/** An archive of a data set and what of it is kept. */
export type ArchivePin = z.infer<typeof archiveSchema>;

/**
 * Checks a list of downloads.
 *
 * @throws {RunError} Naming each place that is wrong.
 */
export function parseDownloads(value: unknown, file: string): Downloads {
  const result = downloadsSchema.safeParse(value);
  if (result.success) return result.data;
  throw new RunError(`${file}: not a list of downloads: ${z.prettifyError(result.error)}`);
}

/** The list that the program ships. */
export function readDownloads(): Downloads {
  return parseDownloads(downloads, "datasets/downloads.json");
}

/** Where a file can be had, best first. */
export function urlsOf(
  { sources }: Downloads,
  { source, path }: { readonly source: string; readonly path: string },
): string[] {
  const bases = sources[source]?.bases;
  if (!bases) throw new RunError(`${path}: downloads.json has no source "${source}"`);
  return bases.map((base) => new URL(path, base).href);
}
