/**
 * What a part-pool network is told about parts (see `partPoolNetwork`): in which cell of the map each is.
 *
 * @module
 */
import type { PartPoint, PartTruth } from "../../../datasets/part_truth.ts";
import { UsageError } from "../../base/mod.ts";
import { type Backbone, PART_SCORES } from "../../nets/mod.ts";
import { int } from "../../graph/mod.ts";
import type { LossTerm, PerImageValues } from "../../train/mod.ts";

/** Input with the cell of each part, [B, A, cells]: one-hot, all 0 where a part is not visible. */
export const PART_CELLS = "part_cells";

/** Name in the history. */
export const PART_CROSS_ENTROPY = "partCrossEntropy";

/** Half the side of the square that marks a part while an image is augmented. */
const MARK = 1;

/** Mean over the visible parts of the batch of the cross-entropy between predicted and true cell. */
export function partTerm(weight: number): LossTerm {
  return {
    name: PART_CROSS_ENTROPY,
    weight,
    value({ graph, shape, perImage }) {
      const cells = perImage(PART_CELLS, shape(PART_SCORES).slice(1));
      const log = graph.add("loss/parts/log_softmax", "LogSoftmax", [PART_SCORES], {
        axis: int(2),
      });
      const total = (name: string, values: string) =>
        graph.add(`loss/parts/${name}`, "ReduceSum", [values], { keepdims: int(0) });
      const one = graph.weight("loss/parts/one", [], Float32Array.of(1));
      const sum = total("sum", graph.add("loss/parts/terms", "Mul", [log, cells]));
      // A batch may show no part at all.
      const visible = graph.add("loss/parts/count", "Max", [total("visible", cells), one]);
      return graph.add("loss/parts", "Neg", [graph.add("loss/parts/mean", "Div", [sum, visible])]);
    },
  };
}

/**
 * The cells of the parts of images, also after augmentation: whatever moves an image moves a picture with
 * nothing but a mark on it in the same way. A part that leaves the image is not visible any more.
 *
 * @param truths By image.
 * @param size Channels, height and width of the images, height and width of the map.
 * @throws {UsageError} When images tell of different numbers of parts.
 */
export function partCells(
  truths: readonly PartTruth[],
  { image, height, width }: Pick<Backbone, "image" | "height" | "width">,
): PerImageValues {
  const parts = truths[0]?.points.length ?? 0;
  const other = truths.findIndex(({ points }) => points.length !== parts);
  if (other >= 0) {
    throw new UsageError(
      `parts: found ${
        truths[other]!.points.length
      } in image ${other}, wanted ${parts} as in the first`,
    );
  }
  return {
    write(member, change, target) {
      target.fill(0);
      for (const [part, point] of truths[member]!.points.entries()) {
        const moved = change && point.visible ? movedBy(change, point, image) : point;
        if (!moved.visible) continue;
        const row = cellOf(moved.y, image.height, height);
        const column = cellOf(moved.x, image.width, width);
        target[(part * height + row) * width + column] = 1;
      }
    },
  };
}

/** Where an augmentation moves a point: the centre of a mark that was moved. */
function movedBy(
  change: (source: Uint8Array) => Uint8Array,
  { x, y }: PartPoint,
  { channels, height, width }: Backbone["image"],
): PartPoint {
  const marked = new Uint8Array(channels * height * width);
  for (let dy = -MARK; dy <= MARK; dy++) {
    for (let dx = -MARK; dx <= MARK; dx++) {
      const [row, column] = [Math.round(y) + dy, Math.round(x) + dx];
      if (row < 0 || row >= height || column < 0 || column >= width) continue;
      marked.fill(255, (row * width + column) * channels, (row * width + column + 1) * channels);
    }
  }
  let [weight, sumX, sumY] = [0, 0, 0];
  for (const [at, value] of change(marked).entries()) {
    const pixel = Math.floor(at / channels);
    weight += value;
    sumX += value * (pixel % width);
    sumY += value * Math.floor(pixel / width);
  }
  return weight === 0
    ? { x: 0, y: 0, visible: false }
    : { x: sumX / weight, y: sumY / weight, visible: true };
}

function cellOf(pixel: number, size: number, cells: number): number {
  return Math.min(cells - 1, Math.max(0, Math.floor(pixel * cells / size)));
}
