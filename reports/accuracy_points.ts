/**
 * Networks by the ID of their last hidden layer and their test error: Figure 4 of the paper.
 *
 * @module
 */
import curves from "../experiments/reference/paper_curves.json" with { type: "json" };
import type { NetworkResult, Result } from "../harness/spec/mod.ts";
import { lastHiddenLayer } from "./layer_order.ts";
import { average, idAt } from "./over_groups.ts";

/** One network. */
export interface AccuracyPoint {
  readonly name: string;
  /** Test error in percent. */
  readonly error: number;
  /** Estimated ID of the last hidden layer. */
  readonly id: number;
  /** Its error bar, see `idAt`; 0 where not known. */
  readonly std: number;
}

/** Networks with a test error, by data set; moments of a training and controls are left out. */
export function accuracyPoints({ networks, trainings }: Result): Map<string, AccuracyPoint[]> {
  const byData = new Map<string, AccuracyPoint[]>();
  for (const network of networks) {
    const layer = network.layers[lastHiddenLayer(network) ?? -1];
    const id = layer && idAt(layer);
    const error = testErrorOf(network, trainings);
    if (!id || error === undefined) continue;
    const point = { name: network.title, error, id: id.mean, std: id.std };
    byData.set(network.data, [...byData.get(network.data) ?? [], point]);
  }
  return byData;
}

function testErrorOf(
  { id, recipe, testError }: NetworkResult,
  trainings: Result["trainings"],
): number | undefined {
  if (!recipe?.training) return testError;
  if (recipe.after || recipe.control) return undefined;
  const runs = trainings.filter(({ networks }) => networks.includes(id));
  return runs.length > 0 ? 100 * average(runs.map(({ test }) => 1 - test.accuracy)) : undefined;
}

/** The paper's fourteen networks: 2000 images of many classes together. */
export function publishedAccuracyPoints(): AccuracyPoint[] {
  return Object.entries(curves.fig4).map(([name, { ID, err, top5_err }]) => ({
    name,
    error: top5_err,
    id: ID,
    std: err,
  }));
}

/** The same networks with the last hidden ID of Figure 3B: 500 images of one class at a time. */
export function classwiseAccuracyPoints(): AccuracyPoint[] {
  const profiles: Record<string, { ID: number[] }> = curves.fig3B;
  return publishedAccuracyPoints().map((point) => ({
    ...point,
    id: profiles[point.name]!.ID.at(-2)!,
    std: 0,
  }));
}
