import assert from "node:assert/strict";
import { readModelFile, readModels } from "../../datasets/mod.ts";
import { sharedTest } from "../base/shared_data.ts";
import { chooseDevice } from "../device/mod.ts";
import { decodeImage, toTensor } from "../images/mod.ts";

/** Float32 sums in another order than PyTorch's; the reference itself allows 2e-2. */
const LOGIT_TOLERANCE = 1e-4;

for (const kind of ["cpu", "wasm", "webgpu"] as const) {
  sharedTest(`ResNet-18 gives the reference logits on ${kind}`, async (shared) => {
    const { images } = JSON.parse(
      await Deno.readTextFile(new URL("reference/resnet18_logits.json", shared)),
    );
    const models = await readModels(shared.pathname);
    const entry = models.find(({ id }) => id === "resnet18")!;
    const { device } = await chooseDevice(kind);
    const session = await device.open(await readModelFile(entry));
    const { mean, std } = entry.input;
    for (const expected of images) {
      const bytes = await Deno.readFile(new URL(`data/imagenette/${expected.file}`, shared));
      const data = new Float32Array(3 * 224 * 224);
      const image = await decodeImage(bytes, expected.file);
      toTensor(image, { shortSide: null, crop: 224, mean, std }, data, 0, expected.file);
      const outputs = await session.run({ [entry.input.name]: { dims: [1, 3, 224, 224], data } });
      const logits = outputs[entry.output.name]!.data;
      const wanted = new Map<number, number>([
        ...expected.first_5_logits.map((logit: number, at: number) => [at, logit]),
        ...expected.top_5_indices.map((at: number, i: number) => [at, expected.top_5_logits[i]]),
      ]);
      for (const [at, logit] of wanted) {
        const error = Math.abs(logits[at]! - logit);
        assert.ok(error <= LOGIT_TOLERANCE, `${expected.file}, class ${at}: off by ${error}`);
      }
    }
    await session.release();
  });
}
