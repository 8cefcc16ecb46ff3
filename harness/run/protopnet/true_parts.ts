/**
 * Part pooling that is shown where the parts are: what better part maps could give (Part R-CNN with the
 * annotated parts).
 *
 * @module
 */
import type { Device } from "../../device/mod.ts";
import { OUTPUT, PART_MAPS } from "../../nets/mod.ts";
import { partCells } from "../../prototypes/training/mod.ts";
import type { ComparatorSpec, MetricResult } from "../../spec/mod.ts";
import { withWeights } from "../../train/mod.ts";
import { openModel, outputsOf } from "./model_outputs.ts";
import { partNetwork } from "./models.ts";
import { testScores } from "./test_scores.ts";
import type { ReadyModel } from "./train_model.ts";
import type { StoredModel } from "./training_record.ts";

/** Accuracy of a part-pool network on the test images, each visible part pooled from its true cell. */
export async function truePartsEntry(
  { planned, images, backbone, setting }: ReadyModel,
  { weights }: StoredModel,
  device: Device,
  signal: AbortSignal,
): Promise<MetricResult> {
  const { test, parts } = images;
  const { given } = partNetwork(backbone, planned.spec as ComparatorSpec, setting);
  const cells = partCells(test.images.names.map((name) => parts!.truth(name)), backbone);
  const [area, classes] = [backbone.height * backbone.width, setting.classes];
  const maps = (first: number, count: number) => {
    const data = new Float32Array(count * setting.parts * area);
    for (let at = 0; at < count; at++) {
      const target = data.subarray(at * setting.parts * area, (at + 1) * setting.parts * area);
      cells.write(first + at, null, target);
    }
    return { [PART_MAPS]: { dims: [count, setting.parts, area], data } };
  };
  await using open = await openModel(device, withWeights(given, weights), [OUTPUT], setting.shape);
  const logits = new Float32Array(test.images.labels.length * classes);
  for await (const { first, values } of outputsOf(open, test, signal, maps)) {
    logits.set(values[OUTPUT]!.data, first * classes);
  }
  return {
    id: "accuracy with true parts",
    value: testScores(logits, test).accuracy,
    standardDeviation: null,
    over: test.images.labels.length,
    convention: "on the test images, pooled from the true cell of each visible part",
  };
}
