/**
 * `deno task bench twonn`: TwoNN alone on the first 20,000 MNIST training images against
 * scikit-learn's brute force in float64.
 *
 * @module
 */
import { mnist } from "../datasets/mod.ts";
import { openCpu } from "../harness/device/mod.ts";
import {
  featuresInMemory,
  findNeighbours,
  logRatios,
  twonnFit,
} from "../harness/estimators/mod.ts";
import { peakMemory } from "../harness/run/mod.ts";
import { compare, type Measurement, median, ours, peer } from "./process.ts";

const POINTS = 20_000;
const FEATURES = 784;

/** Repeats in one process, of which the median counts; the peer does the same. */
const REPEATS = 3;

/** Runs pairs and prints the comparison. */
export async function twonn([pairs = "3"]: string[]): Promise<void> {
  const file = await Deno.makeTempFile();
  try {
    const [group] = await mnist({ split: "train", by: "all", samples: POINTS });
    const bytes = new Uint8Array(POINTS * FEATURES);
    for (let i = 0; i < POINTS; i++) bytes.set((await group!.read(i)).data, i * FEATURES);
    await Deno.writeFile(file, bytes);
    const measured: { ours: Measurement; peer: Measurement }[] = [];
    for (let pair = 0; pair < Number(pairs); pair++) {
      measured.push({
        ours: await ours("twonn-job", file),
        peer: await peer("./peer_twonn.py", file, String(POINTS), String(FEATURES)),
      });
    }
    compare(`TwoNN, ${POINTS} x ${FEATURES}`, measured);
  } finally {
    await Deno.remove(file);
  }
}

/** Our side, in its own process. */
export async function twonnJob([file]: string[]): Promise<void> {
  const device = await openCpu(navigator.hardwareConcurrency);
  using features = featuresInMemory(POINTS, FEATURES);
  features.write(0, Float32Array.from(await Deno.readFile(file!)));
  const estimates: number[] = [];
  const seconds: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const start = performance.now();
    const { lists } = await findNeighbours(device, features, 2);
    estimates.push(twonnFit(logRatios(lists)).value);
    seconds.push((performance.now() - start) / 1000);
  }
  const measurement: Measurement = {
    twonn_fit: estimates[0]!,
    seconds: median(seconds),
    peakMemoryBytes: peakMemory(),
  };
  console.log(JSON.stringify(measurement));
}
