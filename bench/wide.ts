/**
 * `deno task bench wide`: 500 images at a layer of 802,816 units (the first block of VGG) under a
 * budget of 1 GiB and without one: the same numbers, and the peak memory of each.
 *
 * @module
 */
import { randomStream } from "../harness/base/mod.ts";
import { openCpu } from "../harness/device/mod.ts";
import {
  featuresInFile,
  featuresInMemory,
  findNeighbours,
  logRatios,
  twonnFit,
} from "../harness/estimators/mod.ts";
import { peakMemory } from "../harness/run/mod.ts";
import { type Measurement, ours } from "./process.ts";

const POINTS = 500;
const UNITS = 802_816;

/** Prints both sides. */
export async function wide(): Promise<void> {
  const [file, memory] = [await ours("wide-job", "file"), await ours("wide-job", "memory")];
  console.table({ "in a file (budget 1 GiB)": file, "in memory": memory });
}

/** One side, in its own process. */
export async function wideJob([where]: string[]): Promise<void> {
  const start = performance.now();
  const device = await openCpu(navigator.hardwareConcurrency);
  const folder = await Deno.makeTempDir();
  try {
    using features = where === "file"
      ? featuresInFile(POINTS, UNITS, `${folder}/features`)
      : featuresInMemory(POINTS, UNITS);
    const random = randomStream(1, "wide");
    const row = new Float32Array(UNITS);
    for (let point = 0; point < POINTS; point++) {
      for (let unit = 0; unit < UNITS; unit++) row[unit] = Math.max(0, random.uniform() - 0.5);
      features.write(point, row);
    }
    const { lists } = await findNeighbours(device, features, 64);
    const measurement: Measurement = {
      twonn_fit: twonnFit(logRatios(lists)).value,
      seconds: (performance.now() - start) / 1000,
      peakMemoryBytes: peakMemory(),
    };
    console.log(JSON.stringify(measurement));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
