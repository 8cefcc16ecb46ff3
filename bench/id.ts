/**
 * `deno task bench id`: the main job on one class (ResNet-18, 500 photographs, eight layers) against
 * PyTorch and scikit-learn, in turn, each as a process of its own.
 *
 * @module
 */
import { chooseDevice } from "../harness/device/mod.ts";
import { peakMemory } from "../harness/run/mod.ts";
import { compare, type Measurement, ours, peer } from "./process.ts";
import { profileSpringers } from "./springers.ts";

/** Budget of our side: most layers go through files. */
const MEMORY = 512 * 2 ** 20;

/** Runs pairs and prints the comparison. */
export async function id([dataRoot = "../shared", pairs = "3"]: string[]): Promise<void> {
  const measured: { ours: Measurement; peer: Measurement }[] = [];
  const threads = String(navigator.hardwareConcurrency);
  for (let pair = 0; pair < Number(pairs); pair++) {
    measured.push({
      ours: await ours("id-job", dataRoot),
      peer: await peer(
        "./peer_id.py",
        `${dataRoot}/models/resnet18-pq.onnx`,
        `${dataRoot}/data/imagenette/train/n02102040`,
        threads,
      ),
    });
  }
  compare(`ResNet-18, 500 photographs, 8 layers, ${threads} threads`, measured);
}

/** Our side, in its own process. */
export async function idJob([dataRoot = "../shared"]: string[]): Promise<void> {
  const start = performance.now();
  const temporaryFolder = await Deno.makeTempDir();
  try {
    const { device } = await chooseDevice("cpu");
    const layers = await profileSpringers(device, {
      dataRoot,
      samples: 500,
      memoryBytes: MEMORY,
      temporaryFolder,
    });
    const measurement: Measurement = {
      twonn_fit: layers.map(({ result }) => result.estimates.twonn_fit.value),
      seconds: (performance.now() - start) / 1000,
      peakMemoryBytes: peakMemory(),
    };
    console.log(JSON.stringify(measurement));
  } finally {
    await Deno.remove(temporaryFolder, { recursive: true });
  }
}
