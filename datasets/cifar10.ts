/**
 * CIFAR-10 (Krizhevsky 2009) in the binary form of its authors: records of a label and 32 x 32 pixels,
 * first all red values, then all green, then all blue ones.
 *
 * @module
 */
import { RunError } from "../harness/base/mod.ts";
import type { LabelledImages } from "./labelled_images.ts";
import { readInput } from "./read_input.ts";
import { requireLabels } from "./require_labels.ts";

const SIDE = 32;
const AREA = SIDE * SIDE;
const CHANNELS = 3;
const RECORD = 1 + CHANNELS * AREA;
const CLASSES = 10;

/** The published list of classes has 61 bytes. */
const MOST_LIST_BYTES = 2 ** 12;

const CLASS_FILE = "batches.meta.txt";
const FILES = {
  train: [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`),
  test: ["test_batch.bin"],
} as const;

const ABSENT = 'no such file; "deno task fetch cifar10" brings it';

/** How the files differ from the published ones. */
export interface Cifar10Options {
  /** Records in each file; 10,000 when absent. */
  readonly records?: number;
}

/**
 * All images of a split in the order of the files, named `train-00000` on.
 *
 * @param folder Holds `data_batch_1.bin` to `data_batch_5.bin`, `test_batch.bin` and `batches.meta.txt`.
 * @throws {RunError} When a file is missing (says which command brings it) or too long, ends early, has
 * a label above 9, or when a class is without name or images.
 */
export async function readCifar10(
  folder: string,
  split: "train" | "test",
  { records = 10_000 }: Cifar10Options = {},
): Promise<LabelledImages> {
  const classes = await readClasses(`${folder}/${CLASS_FILE}`);
  const files = FILES[split];
  const count = files.length * records;
  const labels = new Int32Array(count);
  const pixels = new Uint8Array(count * CHANNELS * AREA);
  for (const [number, name] of files.entries()) {
    const path = `${folder}/${name}`;
    const bytes = await readInput(path, records * RECORD, ABSENT);
    requireRecords(bytes, records, path);
    for (let record = 0; record < records; record++) {
      const at = number * records + record;
      labels[at] = labelOf(bytes, record, path);
      interleave(bytes, record * RECORD + 1, pixels, at * CHANNELS * AREA);
    }
  }
  const names = Array.from(labels, (_, at) => `${split}-${String(at).padStart(5, "0")}`);
  const images = { width: SIDE, height: SIDE, channels: CHANNELS, classes, labels, names, pixels };
  return requireLabels(images, `${folder}: CIFAR-10 ${split}`);
}

async function readClasses(path: string): Promise<string[]> {
  const text = new TextDecoder().decode(await readInput(path, MOST_LIST_BYTES, ABSENT));
  const classes = text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  if (classes.length !== CLASSES) {
    throw new RunError(`${path}: ${classes.length} names of classes, wanted ${CLASSES}`);
  }
  return classes;
}

function requireRecords(bytes: Uint8Array, records: number, path: string): void {
  if (bytes.length === records * RECORD) return;
  const record = Math.floor(bytes.length / RECORD);
  throw new RunError(
    `${path}: ends after ${bytes.length} bytes, ${bytes.length % RECORD} bytes into record ` +
      `${record} (offset ${record * RECORD}), wanted ${records} records of ${RECORD} bytes`,
  );
}

function labelOf(bytes: Uint8Array, record: number, path: string): number {
  const label = bytes[record * RECORD]!;
  if (label < CLASSES) return label;
  throw new RunError(
    `${path}: record ${record} (offset ${record * RECORD}): label ${label}, wanted 0 to ` +
      `${CLASSES - 1}`,
  );
}

/** From channel after channel to the channels of each pixel side by side. */
function interleave(source: Uint8Array, from: number, target: Uint8Array, to: number): void {
  for (let red = from, at = to; red < from + AREA; red++) {
    target[at++] = source[red]!;
    target[at++] = source[red + AREA]!;
    target[at++] = source[red + 2 * AREA]!;
  }
}
