/**
 * CUB-200-2011 (Wah et al. 2011): photographs of birds of 200 species, in the layout of its authors.
 *
 * @module
 */
import { messageOf, RunError } from "../../harness/base/mod.ts";
import type { PartPoint } from "../part_truth.ts";
import type { CropBox, Photograph, PhotographSet } from "../photographs/mod.ts";
import { readBoxes } from "./read_boxes.ts";
import { type CubParts, readParts } from "./read_parts.ts";
import { idIn, readTable, type Row } from "./read_table.ts";
import { rowOfEach, rowsById } from "./rows_by_id.ts";

const ABSENT = 'no such file; "deno task fetch cub200" brings it';

/** A photograph with its parts. */
export interface CubPhotograph extends Photograph {
  readonly id: number;
  /** In pixels of the photograph, before it is cropped; null where the set has no parts. */
  readonly points: readonly PartPoint[] | null;
}

/** The photographs in the official division, in the order of `images.txt`. */
export interface Cub200 extends PhotographSet<CubPhotograph> {
  /** Names of the parts; null where the set has none. */
  readonly parts: readonly string[] | null;
}

/**
 * Reads the lists, decodes nothing. Boxes and parts may be missing.
 *
 * @param folder Holds `images/`, `images.txt`, `classes.txt`, `image_class_labels.txt` and
 * `train_test_split.txt`.
 * @throws {RunError} Naming file and line, when the lists contradict each other or the folders: ids that
 * come twice, are missing or unknown, a path twice, a label that is not the image's folder, an image
 * that is not there, a class without training or test images.
 */
export async function readCub200(folder: string): Promise<Cub200> {
  const table = async (name: string, columns: readonly string[]) => {
    const rows = await readTable(`${folder}/${name}`, columns);
    if (!rows) throw new RunError(`${folder}/${name}: ${ABSENT}`);
    return rows;
  };
  const classes = rowsById(await table("classes.txt", ["class id", "name"]), "class");
  const images = rowsById(await table("images.txt", ["image id", "path"]), "image");
  requirePaths(images);
  const ofEach = async (name: string, column: string) =>
    rowOfEach(await table(name, ["image id", column]), "image", images, `${folder}/${name}`);
  const labels = await ofEach("image_class_labels.txt", "class id");
  const split = await ofEach("train_test_split.txt", "is training image");
  const boxes = await readBoxes(folder, images);
  const parts = await readParts(folder, images);
  const positions = new Map(Array.from(classes.keys(), (id, at) => [id, at]));
  const lists: Lists = { classes, positions, labels, split, boxes, parts };
  const halves = { train: [] as CubPhotograph[], test: [] as CubPhotograph[] };
  for (const [id, row] of images) {
    halves[halfOf(lists, id)].push(photograph(lists, id, row, folder));
  }
  requireImages(classes, halves);
  await requireFiles(images, folder);
  const names = Array.from(classes.values(), ({ cells }) => cells[1]!);
  return { classes: names, ...halves, parts: parts?.names ?? null };
}

interface Lists {
  readonly classes: ReadonlyMap<number, Row>;
  /** Of the classes, by id. */
  readonly positions: ReadonlyMap<number, number>;
  readonly labels: ReadonlyMap<number, Row>;
  readonly split: ReadonlyMap<number, Row>;
  readonly boxes: ReadonlyMap<number, CropBox> | undefined;
  readonly parts: CubParts | undefined;
}

function photograph(
  { classes, positions, labels, boxes, parts }: Lists,
  id: number,
  { cells, place }: Row,
  folder: string,
): CubPhotograph {
  const name = cells[1]!;
  const label = labels.get(id)!;
  const classId = idIn(label, 1, "class id");
  const ofClass = classes.get(classId);
  if (!ofClass) throw new RunError(`${label.place}: class ${classId}, which is not listed`);
  const inFolder = name.slice(0, name.indexOf("/"));
  if (inFolder !== ofClass.cells[1]) {
    throw new RunError(
      `${label.place}: image ${id} is of class "${
        ofClass.cells[1]
      }", but in folder "${inFolder}" by ` +
        place,
    );
  }
  return {
    id,
    name,
    file: `${folder}/images/${name}`,
    label: positions.get(classId)!,
    box: boxes?.get(id) ?? null,
    points: parts?.points.get(id) ?? null,
  };
}

function halfOf({ split }: Lists, id: number): "train" | "test" {
  const { place, cells } = split.get(id)!;
  if (cells[1] === "1") return "train";
  if (cells[1] === "0") return "test";
  throw new RunError(`${place}: "${cells[1]}", wanted 1 for training or 0 for testing`);
}

/** Paths are `folder/file`, each only once. */
function requirePaths(images: ReadonlyMap<number, Row>): void {
  const seen = new Map<string, Row>();
  for (const row of images.values()) {
    const path = row.cells[1]!;
    if (!/^(?!\.)[^/\\\0]+\/(?!\.)[^/\\\0]+$/.test(path)) {
      throw new RunError(`${row.place}: path "${path}", wanted "<class>/<file>"`);
    }
    const earlier = seen.get(path);
    if (earlier) {
      throw new RunError(`${row.place}: path "${path}" again, first at ${earlier.place}`);
    }
    seen.set(path, row);
  }
}

function requireImages(
  classes: ReadonlyMap<number, Row>,
  halves: Record<"train" | "test", readonly CubPhotograph[]>,
): void {
  for (const [half, photographs] of Object.entries(halves)) {
    const used = new Set(photographs.map(({ label }) => label));
    for (const [label, { place, cells }] of [...classes.values()].entries()) {
      if (used.has(label)) continue;
      throw new RunError(`${place}: class "${cells[1]}" has no ${half} images, wanted at least 1`);
    }
  }
}

async function requireFiles(images: ReadonlyMap<number, Row>, folder: string): Promise<void> {
  const there = new Map<string, Set<string>>();
  for (const { place, cells } of images.values()) {
    const [inFolder, file] = cells[1]!.split("/") as [string, string];
    let files = there.get(inFolder);
    if (!files) {
      files = await namesIn(`${folder}/images/${inFolder}`);
      there.set(inFolder, files);
    }
    if (!files.has(file)) throw new RunError(`${place}: no file ${folder}/images/${cells[1]}`);
  }
}

async function namesIn(folder: string): Promise<Set<string>> {
  const names = new Set<string>();
  try {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (!isDirectory) names.add(name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) {
      throw new RunError(`${folder}: cannot be read: ${messageOf(error)}`);
    }
  }
  return names;
}
