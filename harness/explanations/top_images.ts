/**
 * The images that answer to each unit most.
 *
 * @module
 */
import { offer } from "../prototypes/nearest_list.ts";
import type { UnitPeaks } from "./explained_model.ts";

/** An image and where in it the unit answers most. */
export interface TopImage {
  readonly image: number;
  /** Row-major index into the latent grid. */
  readonly cell: number;
  readonly score: number;
}

/** Collects, image after image, the best ones of each unit; ties keep the earliest. */
export class TopImages {
  readonly #count: number;
  readonly #lists: { image: number; cell: number; distance: number }[][];

  /** @param count Most images a unit. */
  constructor(units: number, count: number) {
    this.#count = count;
    this.#lists = Array.from({ length: units }, () => []);
  }

  add(image: number, { scores, cells }: UnitPeaks): void {
    for (const [unit, list] of this.#lists.entries()) {
      const distance = -scores[unit]!;
      offer(list, this.#count, distance, () => ({ image, cell: cells[unit]!, distance }));
    }
  }

  /** Best first. */
  of(unit: number): TopImage[] {
    return this.#lists[unit]!.map(({ image, cell, distance }) => ({
      image,
      cell,
      score: -distance,
    }));
  }
}
