/**
 * `deno task bench growth [N ...]`: `estimate` on ever more points of 64 features, its processor time and
 * how that grows; what a million points take, by extrapolation. Each size has as much memory a point as a
 * million points have in 4 GiB, so that lists of neighbours are equally long. Writes
 * `bench/growth.json` and `bench/growth.svg`.
 *
 * @module
 */
import process from "node:process";
import { randomStream, silentProgress } from "../harness/base/mod.ts";
import { openCpu } from "../harness/device/mod.ts";
import { estimatePoints, peakMemory } from "../harness/run/mod.ts";
import { logLogSlope } from "../harness/stats/mod.ts";
import { growthFigure } from "./growth_figure.ts";
import { ours } from "./process.ts";

const FEATURES = 64;
const SIZES = [10_000, 30_000, 100_000];
const GOAL = 1_000_000;
/** For the goal; other sizes have their share. */
const MEMORY_BYTES = 4 * 2 ** 30;

/** Of one core in float32, measured with large products: 60 GFLOP/s. */
const PRODUCTS_A_SECOND = 60e9;

/** Points written at once. */
const ROWS = 1000;

/** One run of `estimate`. */
export interface GrowthPoint {
  readonly points: number;
  /** User and system time of all threads. */
  readonly processorSeconds: number;
  readonly wallSeconds: number;
  readonly peakMemoryBytes: number;
  readonly neighbours: number;
  readonly twonnFit: number;
}

/** What `bench/growth.json` holds. */
export interface Growth {
  readonly features: number;
  readonly bytesAPoint: number;
  readonly threads: number;
  readonly measured: readonly GrowthPoint[];
  /** Of the processor time, between the two largest sizes. */
  readonly exponent: number;
  /** By a N + b N^2 through the two largest sizes: the exponent still grows towards 2. */
  readonly extrapolated: {
    readonly points: number;
    readonly processorSeconds: number;
    /** Of its matrix products alone, at 60 GFLOP/s. */
    readonly floorSeconds: number;
  };
}

/** Measures, one process a size, and writes both files. */
export async function growth(sizes: readonly string[]): Promise<void> {
  const measured: GrowthPoint[] = [];
  for (const size of sizes.length > 0 ? sizes.map(Number) : SIZES) {
    measured.push(await ours<GrowthPoint>("growth-job", String(size)));
    console.log(JSON.stringify(measured.at(-1)));
  }
  const found = extrapolate(measured);
  const text = new TextEncoder();
  await Deno.writeFile(
    new URL("growth.json", import.meta.url),
    text.encode(JSON.stringify(found, null, 2) + "\n"),
  );
  await Deno.writeFile(new URL("growth.svg", import.meta.url), text.encode(growthFigure(found)));
  console.log(
    `exponent ${found.exponent.toFixed(2)}; ${GOAL} points: ` +
      `${Math.round(found.extrapolated.processorSeconds)} s of processor time, extrapolated; ` +
      `its products alone ${Math.round(found.extrapolated.floorSeconds)} s`,
  );
}

function extrapolate(measured: readonly GrowthPoint[]): Growth {
  const [before, last] = measured.slice(-2) as [GrowthPoint, GrowthPoint];
  const exponent = logLogSlope(
    [before, last].map(({ points, processorSeconds }) => ({ x: points, y: processorSeconds })),
  );
  const rate = ({ points, processorSeconds }: GrowthPoint) => processorSeconds / points;
  const quadratic = (rate(last) - rate(before)) / (last.points - before.points);
  const linear = rate(last) - quadratic * last.points;
  return {
    features: FEATURES,
    bytesAPoint: MEMORY_BYTES / GOAL,
    threads: navigator.hardwareConcurrency,
    measured,
    exponent,
    extrapolated: {
      points: GOAL,
      processorSeconds: linear * GOAL + quadratic * GOAL ** 2,
      floorSeconds: GOAL ** 2 * FEATURES / PRODUCTS_A_SECOND,
    },
  };
}

/** One size, in its own process. */
export async function growthJob([size]: string[]): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const file = `${folder}/points.npy`;
    await writeCloud(file, Number(size));
    const device = await openCpu(navigator.hardwareConcurrency);
    const start = performance.now();
    const before = process.cpuUsage();
    const found = await estimatePoints(
      { file, array: undefined, samples: undefined, seed: 1 },
      {
        device,
        memoryBytes: MEMORY_BYTES * Number(size) / GOAL,
        temporaryFolder: folder,
        progress: silentProgress,
        signal: new AbortController().signal,
        warn: () => {},
      },
    );
    const { user, system } = process.cpuUsage(before);
    const point: GrowthPoint = {
      points: found.points,
      processorSeconds: (user + system) / 1e6,
      wallSeconds: (performance.now() - start) / 1000,
      peakMemoryBytes: peakMemory(),
      neighbours: found.neighbours,
      twonnFit: found.estimates.twonn_fit.value,
    };
    console.log(JSON.stringify(point));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A Gaussian cloud, in NumPy's format. */
async function writeCloud(path: string, points: number): Promise<void> {
  const dictionary =
    `{'descr': '<f4', 'fortran_order': False, 'shape': (${points}, ${FEATURES}), }`;
  const header = new TextEncoder().encode(`?NUMPY\x01\0\0\0${dictionary.padEnd(117)}\n`);
  header[0] = 0x93;
  new DataView(header.buffer).setUint16(8, header.length - 10, true);
  const random = randomStream(1, "growth", String(points));
  using file = await Deno.open(path, { create: true, write: true });
  const writer = file.writable.getWriter();
  await writer.write(header);
  for (let row = 0; row < points; row += ROWS) {
    const count = Math.min(ROWS, points - row) * FEATURES;
    const rows = Float32Array.from({ length: count }, () => random.normal());
    await writer.write(new Uint8Array(rows.buffer));
  }
}
