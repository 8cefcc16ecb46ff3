/**
 * A data root with photographs in CUB-200-2011's official layout, and a ProtoPNet experiment on them.
 *
 * @module
 */
import { encode } from "fast-png";
import { randomStream } from "../../base/mod.ts";
import { type LoadedProtopnet, protopnetExperimentSchema } from "../../spec/mod.ts";

const CLASSES = ["001.Auk", "002.Bee_eater", "003.Crow"];
const PER_CLASS = { train: 6, test: 2 } as const;

/** Pixels of each side of the input. */
const SIZE = 32;

/** A noisy photograph of 48 x 40 pixels with a bright square, the beak, in a colour of the class. */
function photograph(label: number, at: number, x: number, y: number): Uint8Array {
  const [width, height] = [48, 40];
  const random = randomStream(1, "small cub", label, at);
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [channel, pixel] = [i % 3, Math.floor(i / 3)];
    const isBeak = Math.abs(pixel % width - x) < 4 && Math.abs(Math.floor(pixel / width) - y) < 4;
    return isBeak && channel === label ? 250 : random.integer(100);
  });
  return encode({ width, height, channels: 3, depth: 8, data });
}

/**
 * Files of the data root, by path. Parts are the beak, a wing that is never visible, and a left or right
 * feather in the middle of each of 4 x 4 cells of the box.
 */
export function smallCub(): Record<string, Uint8Array | string> {
  const random = randomStream(2, "small cub");
  const lines = new Map<string, string[]>();
  const write = (file: string, ...cells: (string | number)[]) =>
    void lines.set(file, [...lines.get(file) ?? [], cells.join(" ")]);
  const files: Record<string, Uint8Array | string> = {};
  let id = 0;
  for (const [label, name] of CLASSES.entries()) {
    write("classes.txt", label + 1, name);
    for (let at = 0; at < PER_CLASS.train + PER_CLASS.test; at++) {
      id++;
      const [x, y] = [10 + random.integer(26), 8 + random.integer(22)];
      write("images.txt", id, `${name}/${at}.png`);
      write("image_class_labels.txt", id, label + 1);
      write("train_test_split.txt", id, at < PER_CLASS.train ? 1 : 0);
      write("bounding_boxes.txt", id, "4.0 2.0 40.0 36.0");
      write("parts/part_locs.txt", id, 1, x, y, 1);
      write("parts/part_locs.txt", id, 2, 0, 0, 0);
      for (let cell = 0; cell < 16; cell++) {
        const [column, row] = [cell % 4 + 0.5, Math.floor(cell / 4) + 0.5];
        write("parts/part_locs.txt", id, 3 + cell, 4 + 10 * column, 2 + 9 * row, 1);
      }
      files[`data/cub200/images/${name}/${at}.png`] = photograph(label, at, x, y);
    }
  }
  const feathers = Array.from(
    { length: 16 },
    (_, cell) =>
      `${3 + cell} ${cell % 4 < 2 ? "left" : "right"} feather ${
        2 * Math.floor(cell / 4) + cell % 2
      }`,
  );
  lines.set("parts/parts.txt", ["1 beak", "2 wing", ...feathers]);
  for (const [file, rows] of lines) files[`data/cub200/${file}`] = rows.join("\n") + "\n";
  return files;
}

/** A ProtoPNet, class activation maps and part pooling on these photographs. */
export function smallCubExperiment(perClass = 2, kinds = ["protopnet", "cam", "part-pool"]) {
  const models = [
    {
      kind: "protopnet",
      id: "proto",
      stages: "short",
      prototypes: { perClass, depth: 8 },
    },
    { kind: "cam", id: "cam", training: "short", depth: 8 },
    { kind: "part-pool", id: "pool", training: "short", depth: 8 },
    { kind: "classifier", id: "plain", training: "short" },
  ].filter(({ kind }) => kinds.includes(kind));
  const experiment = protopnetExperimentSchema.parse({
    ...{ id: "small-cub", title: "t", summary: "s", paper: "p", figure: "f", kind: "protopnet" },
    seed: 3,
    profiles: {
      embedded: {
        description: "d",
        data: { cub: { set: "cub200", size: SIZE } },
        backbones: {
          vgg: { title: "VGG-11", architecture: "vgg11_bn", width: 1 / 16, stride: 8 },
        },
        trainings: {
          short: {
            description: "d",
            epochs: 1,
            batchSize: 6,
            method: { name: "adam" },
            schedule: { kind: "constant", base: 0.001 },
          },
        },
        stages: {
          short: {
            description: "d",
            batchSize: 6,
            warmEpochs: 0,
            epochs: 1,
            firstProjection: 0,
            projectionEvery: 1,
            lastLayerEpochs: 1,
          },
        },
        models: models.map((model) => ({ ...model, title: "t", data: "cub", backbone: "vgg" })),
        measures: ["projection", "sheets", "gallery", "units"],
        sheets: { images: 2, rows: 1 },
      },
    },
    claims: [{
      ...{ id: "proto.parts", severity: "info", threshold: 0.5 },
      ...{ expected: "e", why: "w", source: "s" },
    }],
  });
  return { experiment, file: "small.json", sha256: () => "0".repeat(64) } satisfies LoadedProtopnet;
}
