import assert from "node:assert/strict";
import { horizontalFlip, shift } from "../../../datasets/augment/mod.ts";
import type { PartTruth } from "../../../datasets/part_truth.ts";
import { randomStream, UsageError } from "../../base/mod.ts";
import { buildBackbone, partPoolNetwork } from "../../nets/mod.ts";
import { trainNetwork } from "../../train/mod.ts";
import { PART_CELLS, partCells, partTerm } from "./part_supervision.ts";
import { CONTEXT, marks } from "./testdata/marks.ts";

const IMAGE = { channels: 3, height: 16, width: 16 };
const SIZE = { image: IMAGE, height: 4, width: 4 };

function truth(...points: readonly (readonly [number, number] | null)[]): PartTruth {
  return {
    regions: null,
    points: points.map((point) =>
      point ? { x: point[0], y: point[1], visible: true } : { x: 0, y: 0, visible: false }
    ),
  };
}

function cellsOf(target: Float32Array, parts: number): number[] {
  return Array.from(
    { length: parts },
    (_, part) => target.subarray(16 * part, 16 * part + 16).indexOf(1),
  );
}

Deno.test("partCells() finds the cell of each visible part", () => {
  const values = partCells(
    [truth([0, 0], [15.9, 15.9], null), truth([5, 9], [4, 0], [3, 0])],
    SIZE,
  );
  const target = new Float32Array(48).fill(7);
  values.write(0, null, target);
  assert.deepEqual(cellsOf(target, 3), [0, 15, -1]);
  values.write(1, null, target);
  assert.deepEqual(cellsOf(target, 3), [9, 1, 0]);
  assert.equal(target.reduce((sum, value) => sum + value, 0), 3);
});

Deno.test("partCells() follows what augmentation does to the image", () => {
  const values = partCells([truth([2, 6])], SIZE);
  const target = new Float32Array(16);
  const flip = horizontalFlip(IMAGE);
  const changedBy = (augmentation: typeof flip, seed: number) => (source: Uint8Array) => {
    const changed = new Uint8Array(source.length);
    augmentation.apply(source, changed, randomStream(seed, "augmentation"));
    return changed;
  };
  const cells = new Set<number>();
  for (let seed = 0; seed < 10; seed++) {
    values.write(0, changedBy(flip, seed), target);
    cells.add(cellsOf(target, 1)[0]!);
  }
  assert.deepEqual([...cells].sort(), [4, 7]);
  const away = shift(IMAGE, 8);
  let lost = 0;
  for (let seed = 0; seed < 20; seed++) {
    values.write(0, changedBy(away, seed), target);
    if (cellsOf(target, 1)[0] === -1) lost++;
  }
  assert.ok(lost > 0 && lost < 20);
});

Deno.test("partCells() refuses images that tell of different parts", () => {
  assert.throws(
    () => partCells([truth([0, 0]), truth([0, 0], null)], SIZE),
    new UsageError("parts: found 2 in image 1, wanted 1 as in the first"),
  );
});

Deno.test("partTerm() teaches a network where a part is", async () => {
  const backbone = buildBackbone("vgg_objects_bn", {
    inputSize: 16,
    inputChannels: 3,
    width: 0.25,
    seed: 1,
    stride: 4,
  });
  const { predicted } = partPoolNetwork(backbone, {
    classes: 3,
    parts: 1,
    addOn: { kind: "regular", depth: 8, end: "relu" },
    global: false,
    seed: 1,
  });
  const train = marks(60, 1);
  const truths = Array.from(
    train.images.labels,
    (label, image) => truth(squareOf(train, image, label)),
  );
  const { history } = await trainNetwork(
    predicted,
    "logits",
    {
      train: { ...train, perImage: new Map([[PART_CELLS, partCells(truths, backbone)]]) },
      validation: null,
      augmentation: shift({ width: 16, height: 16, channels: 3 }, 1),
    },
    {
      epochs: 8,
      batch: 12,
      optimiser: {
        method: { name: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
        weightDecay: 0,
        groups: [],
        clipNorm: null,
      },
      schedule: { kind: "constant", base: 5e-3 },
      patience: null,
      frozen: [],
      seed: 1,
      snapshots: [],
      terms: [partTerm(0.5)],
    },
    { ...CONTEXT, checkpoint: null },
  );
  const parts = history.map(({ metrics }) => metrics!["partCrossEntropy"]!);
  assert.ok(parts[0]! < 1.2 * Math.log(16), `${parts}`);
  assert.ok(parts.at(-1)! < 0.6 * parts[0]!, `${parts}`);
  const { trainLoss, metrics } = history.at(-1)!;
  const loss = metrics!["crossEntropy"]! + 0.5 * metrics!["partCrossEntropy"]!;
  assert.ok(Math.abs(trainLoss - loss) < 1e-5);
});

/** Centre of the square in an image. */
function squareOf({ images }: ReturnType<typeof marks>, image: number, label: number) {
  let [sumX, sumY, count] = [0, 0, 0];
  for (let pixel = 0; pixel < 256; pixel++) {
    if (images.pixels[(image * 256 + pixel) * 3 + label] !== 230) continue;
    sumX += pixel % 16;
    sumY += Math.floor(pixel / 16);
    count++;
  }
  return [sumX / count, sumY / count] as const;
}
