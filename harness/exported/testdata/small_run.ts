/**
 * The folder of a run that left one small, untrained ProtoPNet.
 *
 * @module
 */
import { encode } from "fast-png";
import { sha256 } from "../../base/mod.ts";
import { tap, writeGraph } from "../../graph/mod.ts";
import { buildBackbone, LATENT, OUTPUT, protopnet, SIMILARITIES } from "../../nets/mod.ts";
import type { ExportedModel } from "../../spec/mod.ts";
import { modelFiles, picturePath } from "../mod.ts";

/** Stands for every picture. */
export const PICTURE = encode({
  ...{ width: 32, height: 32, channels: 3, depth: 8 },
  data: Uint8Array.from({ length: 32 * 32 * 3 }, (_, at) => at % 256),
});

/** An untrained network of two classes with two prototypes. */
export function smallModel(): { model: ExportedModel; onnx: Uint8Array } {
  const backbone = buildBackbone("vgg11", {
    ...{ width: 1 / 32, inputSize: 32, inputChannels: 3, stride: 8, seed: 1 },
  });
  const { inference } = protopnet(backbone, {
    ...{ classes: 2, prototypes: 2, depth: 4, addOn: "regular", similarity: "log", seed: 1 },
  });
  const onnx = writeGraph(tap(inference, [LATENT, OUTPUT, SIMILARITIES]));
  const picture = sha256(PICTURE);
  const box = { x: 0, y: 0, width: 8, height: 8 };
  const model: ExportedModel = {
    kind: "exported-protopnet",
    schemaVersion: 1,
    id: "small",
    title: "t",
    summary: "s",
    onnx: sha256(onnx),
    input: { size: 32, channels: 3, mean: [0, 0, 0], std: [1, 1, 1] },
    classes: ["a", "b"],
    similarity: "log",
    prototypes: [0, 1].map((label) => ({ label, image: `i${label}`, cell: [0, 1], box, picture })),
    images: [{ name: "x", label: 0, picture, logits: [1, 2] }],
  };
  return { model, onnx };
}

/** Writes the folder, and removes it after the body. */
export async function inRun(
  result: unknown,
  body: (folder: string) => Promise<void>,
  change: (model: ExportedModel) => object = (model) => model,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/result.json`, JSON.stringify(result));
    await Deno.mkdir(`${folder}/models/small`, { recursive: true });
    await Deno.mkdir(`${folder}/pictures`);
    await Deno.writeFile(`${folder}/${picturePath(sha256(PICTURE))}`, PICTURE);
    const { model, onnx } = smallModel();
    for (const { path, bytes } of modelFiles({ model, onnx })) {
      await Deno.writeFile(`${folder}/${path}`, bytes);
    }
    const changed = JSON.stringify(change(model));
    await Deno.writeTextFile(`${folder}/models/small/model.json`, changed);
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What matters of its result. */
export const RESULT = {
  kind: "protopnet",
  experiment: { id: "e" },
  models: [{ id: "plain" }, { id: "small" }],
};
