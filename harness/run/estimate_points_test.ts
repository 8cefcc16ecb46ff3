import assert from "node:assert/strict";
import {
  randomStream,
  RunError,
  sampleWithoutReplacement,
  silentProgress,
  UsageError,
} from "../base/mod.ts";
import { openCpu } from "../device/mod.ts";
import {
  estimateAll,
  exactDistances,
  featuresInMemory,
  findNeighbours,
  listsFromMatrix,
  spreadFactor,
} from "../estimators/mod.ts";
import { npyWith, withFile } from "../points/testdata/files.ts";
import { resultSchema } from "../spec/mod.ts";
import { estimatePoints, type PointsEstimate } from "./estimate_points.ts";

const device = await openCpu(2);

/** A float32 NumPy file of n rows of d values. */
function npyOf(n: number, d: number, values: Float32Array<ArrayBuffer>): Uint8Array {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${n}, ${d}), }\n`;
  return npyWith(header, new Uint8Array(values.buffer));
}

function gaussian(n: number, d: number): Float32Array<ArrayBuffer> {
  const random = randomStream(1, "points test");
  return Float32Array.from({ length: n * d }, () => random.normal());
}

interface Settings {
  readonly samples?: number;
  readonly signal?: AbortSignal;
  readonly warn?: (message: string) => void;
  readonly memoryBytes?: number;
}

function estimate(file: string, folder: string, settings: Settings = {}): Promise<PointsEstimate> {
  return estimatePoints({ file, array: undefined, samples: settings.samples, seed: 1 }, {
    device,
    memoryBytes: settings.memoryBytes ?? 2 ** 30,
    temporaryFolder: folder,
    progress: silentProgress,
    signal: settings.signal ?? new AbortController().signal,
    warn: settings.warn ?? assert.fail,
  });
}

Deno.test("estimatePoints() gives the estimates of result.json for the points of a file", () => {
  const [n, d] = [300, 10];
  const values = gaussian(n, d);
  return withFile("points.npy", npyOf(n, d, values), async (path, folder) => {
    const found = await estimate(path, folder);
    using features = featuresInMemory(n, d);
    features.write(0, values);
    const { lists, matrix } = await findNeighbours(device, features, 64);
    const wanted = estimateAll(lists, matrix, randomStream(1, "points"));
    assert.deepEqual(found.estimates, wanted.estimates);
    assert.deepEqual(found.hub, wanted.hub);
    assert.deepEqual([found.points, found.n, found.features, found.duplicates], [n, n, d, 0]);
    assert.equal(found.sample, null);
    const { estimates } = resultSchema.shape.networks.element.shape.layers.element.shape.groups
      .element.shape;
    estimates.parse(found.estimates);
    const { value } = found.estimates.twonn_fit;
    const [low, high] = found.intervals.twonn_fit!;
    const width = 2 * 1.959964 * spreadFactor("twonn_fit", value) / Math.sqrt(n);
    assert.ok(Math.abs((high - low) / value - width) < 1e-6);
    const [least, most] = found.intervals.twonn_mle_unbiased!;
    const { value: likeliest } = found.estimates.twonn_mle_unbiased;
    assert.ok(low < value && value < high && least < likeliest && likeliest < most);
    assert.ok("dimension" in found.calibration.gaussian);
    assert.ok(Math.abs(found.calibration.gaussian.dimension - 10) < 1.5);
    assert.equal(found.further.pca?.n90, 9);
  });
});

Deno.test("estimatePoints() counts constant columns and duplicates, and takes neither amiss", () => {
  const [n, d] = [200, 6];
  const values = gaussian(n, d);
  for (let row = 0; row < n; row++) values[row * d + 5] = 7;
  values.copyWithin(0, d, 2 * d);
  return withFile("points.npy", npyOf(n, d, values), async (path, folder) => {
    const found = await estimate(path, folder);
    assert.equal(found.constantFeatures, 1);
    assert.deepEqual([found.duplicates, found.n < n - 1, found.n > n - 20], [2, true, true]);
    assert.ok(found.notes.includes("1 of 6 features are constant, which changes nothing."));
    assert.ok(
      found.notes.some((note) => note.startsWith("2 of 200 points have an identical twin")),
    );
  });
});

Deno.test("estimatePoints() draws the same sample again and names rows of the file", () => {
  const [n, d] = [400, 3];
  const values = gaussian(n, d);
  return withFile("points.npy", npyOf(n, d, values), async (path, folder) => {
    const [first, second] = [
      await estimate(path, folder, { samples: 60 }),
      await estimate(path, folder, { samples: 60 }),
    ];
    assert.deepEqual(first, second);
    assert.deepEqual([first.points, first.pointsInFile, first.neighbours], [60, 400, 59]);
    const rows = sampleWithoutReplacement(randomStream(1, "points", "samples"), n, 60);
    const chosen = Float32Array.from(
      { length: 60 * d },
      (_, at) => values[rows[Math.floor(at / d)]! * d + at % d]!,
    );
    const lists = listsFromMatrix(exactDistances(chosen, 60, d), 59);
    const { estimates, hub } = estimateAll(lists, undefined, randomStream(1, "points"));
    assert.deepEqual(first.estimates.gride, estimates.gride);
    assert.equal(first.hub.point, rows[hub.point]);
  });
});

Deno.test("estimatePoints() takes a sample where all distances would be too many", () => {
  const [n, d] = [2500, 3];
  return withFile("points.npy", npyOf(n, d, gaussian(n, d)), async (path, folder) => {
    const found = await estimate(path, folder);
    assert.deepEqual(found.estimates.block_analysis, []);
    assert.equal(found.sample?.points, 2048);
    assert.equal(found.sample?.block_analysis.length, 20);
    assert.equal(found.calibration.twonn_fit, found.sample?.twonn_fit.value);
    assert.ok(Math.abs(found.sample!.twonn_fit.value - 3) < 0.5);
    assert.equal(found.further.local_pca_k50?.median, 3);
  });
});

Deno.test("estimatePoints() gives the same from coordinates in a file as from memory", () => {
  const [n, d] = [60, 20_000];
  return withFile("points.npy", npyOf(n, d, gaussian(n, d)), async (path, folder) => {
    const inMemory = await estimate(path, folder);
    const inFile = await estimate(path, folder, { memoryBytes: 6 * 2 ** 20 });
    assert.deepEqual(inFile, inMemory);
    assert.equal([...Deno.readDirSync(folder)].length, 1);
  });
});

Deno.test("estimatePoints() warns of short lists before the work begins", () => {
  const [n, d] = [7000, 1];
  return withFile("points.npy", npyOf(n, d, gaussian(n, d)), async (path, folder) => {
    const warnings: string[] = [];
    const controller = new AbortController();
    const stopped = estimate(path, folder, {
      memoryBytes: 27 * 2 ** 20,
      signal: controller.signal,
      warn(message) {
        warnings.push(message);
        controller.abort();
      },
    });
    await assert.rejects(stopped, { name: "AbortError" });
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]!, /room for 64 neighbours of each point, not for the 72/);
  });
});

Deno.test("estimatePoints() stops when it is interrupted and leaves no file", () =>
  withFile("points.npy", npyOf(100, 2, gaussian(100, 2)), async (path, folder) => {
    await assert.rejects(estimate(path, folder, { signal: AbortSignal.abort() }), {
      name: "AbortError",
    });
    assert.equal([...Deno.readDirSync(folder)].length, 1);
  }));

const few = (n: number) => npyOf(n, 2, gaussian(n, 2));

const REFUSED: Record<string, [Uint8Array, Settings, RegExp]> = {
  "fewer than 20 points": [few(19), {}, /: 19 points, wanted at least 20$/],
  "equal points": [npyOf(30, 2, new Float32Array(60)), {}, /: all 30 points are equal/],
  "points that all have a twin": [
    npyOf(60, 2, twice(gaussian(30, 2))),
    {},
    /of 60 points 60 have an identical twin/,
  ],
  "too little memory": [
    few(5000),
    { memoryBytes: 2 ** 20 },
    /need \d+\.?\d* MiB, --memory gives 1 MiB/,
  ],
};

function twice(values: Float32Array): Float32Array<ArrayBuffer> {
  return Float32Array.from([...values, ...values]);
}

for (const [name, [content, settings, message]] of Object.entries(REFUSED)) {
  Deno.test(`estimatePoints() refuses ${name}`, () =>
    withFile("points.npy", content, async (path, folder) => {
      await assert.rejects(
        estimate(path, folder, settings),
        (error) =>
          error instanceof RunError && error.message.startsWith(path) &&
          message.test(error.message),
      );
      assert.equal([...Deno.readDirSync(folder)].length, 1);
    }));
}

Deno.test("estimatePoints() refuses more samples than there are points", () =>
  withFile("points.npy", few(40), async (path, folder) => {
    await assert.rejects(
      estimate(path, folder, { samples: 50 }),
      (error) =>
        error instanceof UsageError &&
        /^--samples: found 50, wanted at most the 40 of/.test(error.message),
    );
  }));

Deno.test("estimatePoints() estimates 20 points with the neighbours there are", () =>
  withFile("points.npy", few(20), async (path, folder) => {
    const found = await estimate(path, folder);
    assert.equal(found.neighbours, 19);
    assert.equal(found.estimates.levina_bickel_k20, null);
    assert.equal(found.further.mind_ml_k20, null);
    assert.equal(found.further.local_pca_k50, null);
    assert.ok("beyondTable" in found.calibration.gaussian);
  }));
