/**
 * Labelled photographs in files, before anything of them is decoded.
 *
 * @module
 */
import type { Window } from "../../harness/images/mod.ts";

/** The part of a photograph that is kept. */
export interface CropBox extends Window {
  /** File and line that say so, for errors. */
  readonly place: string;
}

/** One photograph. */
export interface Photograph {
  /** Unique in both halves of the set: its path there. */
  readonly name: string;
  /** Path of its file. */
  readonly file: string;
  /** Position among the classes. */
  readonly label: number;
  /** Null keeps all of it. */
  readonly box: CropBox | null;
}

/** Photographs to train on and to test on, each class in both. */
export interface PhotographSet<P extends Photograph = Photograph> {
  readonly classes: readonly string[];
  readonly train: readonly P[];
  readonly test: readonly P[];
}
