import { randomStream } from "../../base/mod.ts";
import { exactDistances, listsFromMatrix, type NeighbourLists } from "../mod.ts";
import hyperball from "./hyperball.json" with { type: "json" };
import twoGaussians from "./two_gaussians.json" with { type: "json" };

/** Points and estimates of other programs; `source` in each file says whose. */
export const fixtures = { twoGaussians, hyperball };

/** n points of a standard Gaussian in d dimensions, row-major. */
export function gaussianCloud(n: number, d: number, seed: number): Float64Array {
  const random = randomStream(seed, "gaussian cloud");
  return Float64Array.from({ length: n * d }, () => random.normal());
}

/** Neighbours among points that are given as rows. */
export function listsOf(rows: readonly (readonly number[])[], k: number): NeighbourLists {
  return listsFromMatrix(
    exactDistances(Float64Array.from(rows.flat()), rows.length, rows[0]!.length),
    k,
  );
}

/** Points on a line, as rows. */
export function onLine(...places: readonly number[]): number[][] {
  return places.map((place) => [place]);
}
