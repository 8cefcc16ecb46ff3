/**
 * Boxes and maps of the units of each image's class, compared with its parts.
 *
 * @module
 */
import type { PartTruth } from "../../datasets/part_truth.ts";
import { averageOf } from "./average.ts";
import type { ImageExplanation } from "./explained_model.ts";
import { bestPartOverlap, energyOf, partBoxes, partsInBox } from "./part_regions.ts";
import { mapBox, pixelMap } from "./unit_maps.ts";

/** Collects, image after image. */
export class UnitBoxes {
  readonly #size: number;
  readonly #sourceParts: readonly (readonly number[])[] | undefined;
  readonly #overlaps: number[] = [];
  readonly #object: (number | null)[] = [];
  readonly #part: (number | null)[] = [];
  readonly #reasonable: number[] = [];

  /**
   * @param size Pixels of a side of the images.
   * @param sourceParts By unit: parts in its box on the image it comes from.
   */
  constructor(size: number, sourceParts?: readonly (readonly number[])[]) {
    this.#size = size;
    this.#sourceParts = sourceParts;
  }

  /** Looks at the units of class `label`, the image's own. */
  add(explanation: ImageExplanation, label: number, truth: PartTruth): void {
    const { regions } = truth;
    const parts = regions && partBoxes(truth, regions);
    for (const { id, map } of explanation.unitsOf(label)) {
      const pixels = pixelMap(map, explanation, this.#size);
      const box = mapBox(pixels, this.#size);
      if (parts) {
        this.#overlaps.push(bestPartOverlap(box, parts));
        const energy = energyOf(pixels, truth, regions);
        this.#object.push(energy && energy.object);
        this.#part.push(energy && energy.part);
      }
      const source = this.#sourceParts?.[id];
      if (source) {
        const here = partsInBox(truth, box);
        this.#reasonable.push(source.some((part) => here.includes(part)) ? 1 : 0);
      }
    }
  }

  averages() {
    return {
      partOverlap: averageOf(this.#overlaps),
      objectEnergy: averageOf(this.#object),
      partEnergy: averageOf(this.#part),
      reasonablePairs: averageOf(this.#reasonable),
    };
  }
}
