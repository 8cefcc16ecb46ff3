/**
 * Networks as points of Figure 4: the ID of the last hidden layer against the test error.
 *
 * @module
 */
import curves from "../../experiments/reference/paper_curves.json" with { type: "json" };
import { mean, type Point } from "../stats/mod.ts";
import type { NetworkResult, TrainingResult } from "../spec/mod.ts";
import { curvesOf, lastHidden, meanCurve } from "./profile_curves.ts";

/** A network: x is the ID of its last hidden layer, y its test error in percent. */
export interface AccuracyPoint extends Point {
  readonly name: string;
  readonly family: string;
  /** Whether claims about it can fail the run. */
  readonly gates: boolean;
}

/**
 * The networks with a published test error, and those that were trained to the end, as they are (no
 * controls); by data set: neither errors nor IDs on different images can be compared. A network is one point however many replicates it has, because replicates
 * of a network do not tell networks apart: x is the mean over replicates and groups of images, y the mean
 * over replicates.
 */
export function pointsByData(
  networks: readonly NetworkResult[],
  trainings: readonly TrainingResult[],
): Map<string, AccuracyPoint[]> {
  const byData = new Map<string, AccuracyPoint[]>();
  for (const network of networks) {
    const { title, data, architecture, gates } = network;
    const layer = lastHidden(network);
    const error = testErrorOf(network, trainings);
    if (layer === undefined || error === undefined) continue;
    const point = {
      name: title,
      family: familyOf(architecture),
      gates,
      x: meanCurve(curvesOf(network))[layer]!,
      y: error,
    };
    byData.set(data, [...byData.get(data) ?? [], point]);
  }
  return byData;
}

function testErrorOf(
  { id, recipe, testError }: NetworkResult,
  trainings: readonly TrainingResult[],
): number | undefined {
  if (!recipe?.training) return testError;
  if (recipe.after || recipe.control) return undefined;
  const runs = trainings.filter((run) => run.networks.includes(id));
  return runs.length > 0 ? 100 * mean(runs.map(({ test }) => 1 - test.accuracy)) : undefined;
}

/** The paper's fourteen networks; y is the top-5 error. */
export function publishedPoints(): AccuracyPoint[] {
  return Object.entries(curves.fig4).map(([name, { ID, top5_err }]) => ({
    name,
    family: familyOf(name),
    gates: false,
    x: ID,
    y: top5_err,
  }));
}

/** The same networks with the last hidden ID of Figure 3B: 500 images of one class at a time. */
export function classwisePoints(): AccuracyPoint[] {
  const profiles: Record<string, { ID: number[] }> = curves.fig3B;
  return publishedPoints().map((point) => ({ ...point, x: profiles[point.name]!.ID.at(-2)! }));
}

/** The letters that an architecture's name begins with: `vgg` of `vgg11` and of `vgg16_bn`. */
function familyOf(architecture: string): string {
  return /^[a-z]*/.exec(architecture)![0];
}

/** The points of each family, in the order of their first member. */
export function byFamily(points: readonly AccuracyPoint[]): Map<string, AccuracyPoint[]> {
  return Map.groupBy(points, ({ family }) => family);
}
