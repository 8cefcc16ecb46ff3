/**
 * What the files of photographs hold: the identity of a set, and no file in both of its halves.
 *
 * @module
 */
import { RunError, sha256 } from "../../harness/base/mod.ts";
import { readInput } from "../read_input.ts";
import type { Photograph, PhotographSet } from "./photograph.ts";

const MOST_FILE_BYTES = 2 ** 29;

/** Files read at the same time. */
const READ_AHEAD = 8;

/** SHA-256 of each photograph's file, in order. */
export interface PhotographDigests {
  readonly train: readonly string[];
  readonly test: readonly string[];
}

/**
 * Reads every file.
 *
 * @throws {RunError} Naming both files, when a training file has the same bytes as a test file: a
 * network would be tested on what it was trained on.
 */
export async function photographDigests(
  { train, test }: PhotographSet,
): Promise<PhotographDigests> {
  const digests = { train: await digestsOf(train), test: await digestsOf(test) };
  const trained = new Map(digests.train.map((digest, at) => [digest, train[at]!.file]));
  for (const [at, digest] of digests.test.entries()) {
    const twin = trained.get(digest);
    if (twin === undefined) continue;
    throw new RunError(
      `${test[at]!.file}: test image with the same bytes as the training image ${twin}, wanted ` +
        "images of their own in each",
    );
  }
  return digests;
}

async function digestsOf(photographs: readonly Photograph[]): Promise<string[]> {
  const digests: string[] = [];
  for (let at = 0; at < photographs.length; at += READ_AHEAD) {
    const some = photographs.slice(at, at + READ_AHEAD);
    const contents = await Promise.all(some.map(({ file }) => readInput(file, MOST_FILE_BYTES)));
    digests.push(...contents.map((bytes) => sha256(bytes)));
  }
  return digests;
}
