import {
  BACKGROUND,
  partRegion,
  type PartTruth,
  type RegionMap,
} from "../../../datasets/part_truth.ts";
import type { Box } from "../../prototypes/mod.ts";
import type { ExplainedModel, ImageExplanation, Unit } from "../explained_model.ts";

/** A map that is `height` at one cell and 0 elsewhere. */
export function peakAt(cells: number, cell: number, height = 1): Float64Array {
  const map = new Float64Array(cells);
  map[cell] = height;
  return map;
}

/** An explanation on a square grid whose classes have the given units. */
export function explanationOf(
  side: number,
  logits: readonly number[],
  units: readonly (readonly Unit[])[],
): ImageExplanation {
  const all = [...new Map(units.flat().map((unit) => [unit.id, unit])).values()]
    .sort((a, b) => a.id - b.id);
  return {
    logits: Float32Array.from(logits),
    rows: side,
    columns: side,
    peaks: () => ({
      scores: Float64Array.from(all, ({ score }) => score),
      cells: Int32Array.from(all, ({ map }) => map.indexOf(Math.max(...map))),
    }),
    pointsFor: (label) =>
      Float64Array.from(all, ({ id, score }) => {
        const own = units[label]!.find((unit) => unit.id === id);
        return own ? score * own.weight : 0;
      }),
    unitsOf: (label) => units[label]!,
    evidenceFor: (label) => units[label]!,
  };
}

/** A model that explains image i, named by its first pixel, as told. */
export function modelOf(
  classes: number,
  units: number,
  explain: (pixels: Float32Array) => ImageExplanation,
): ExplainedModel {
  return {
    classes,
    units,
    relevant: Array.from({ length: units }, (_, unit) => unit),
    explain(pixels, count) {
      const length = pixels.length / count;
      return Promise.resolve(Array.from(
        { length: count },
        (_, at) => explain(pixels.subarray(at * length, (at + 1) * length)),
      ));
    },
  };
}

/** The truth of an image whose parts are boxes; parts without a box are not visible. */
export function truthOf(size: number, parts: readonly (Box | null)[]): PartTruth & {
  readonly regions: RegionMap;
} {
  const data = new Uint8Array(size * size).fill(BACKGROUND);
  const points = parts.map((box, part) => {
    if (box === null) return { x: 0, y: 0, visible: false };
    for (let y = box.top; y < box.bottom; y++) {
      data.fill(partRegion(part), y * size + box.left, y * size + box.right);
    }
    return { x: (box.left + box.right - 1) / 2, y: (box.top + box.bottom - 1) / 2, visible: true };
  });
  return { points, regions: { width: size, height: size, data } };
}

/** The square of `side` pixels with its corner at (left, top). */
export function square(left: number, top: number, side: number): Box {
  return { left, top, right: left + side, bottom: top + side };
}
