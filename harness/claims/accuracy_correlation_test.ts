import assert from "node:assert/strict";
import { pearsonCorrelation } from "../stats/mod.ts";
import type { ClaimResult, NetworkResult, TrainingResult } from "../spec/mod.ts";
import { classwisePoints, pointsByData, publishedPoints } from "./accuracy_points.ts";
import { checkClaims } from "./mod.ts";
import { claim, network } from "./testdata/networks.ts";

/** An architecture, the ID of its last hidden layer, its test accuracy. */
type Invented = readonly [architecture: string, id: number, accuracy: number];

const RECIPE = { training: "r", after: null, statistics: null, control: null } as const;

function run(id: string, accuracy: number, replicate = 0): TrainingResult {
  return {
    networks: [id],
    replicate,
    data: "images",
    recipe: "r",
    engine: "ort cpu",
    trainImages: 100,
    validationImages: 0,
    testImages: 10,
    stepsPerEpoch: 50,
    history: [],
    test: { loss: 1, accuracy },
    snapshots: [],
  };
}

function trained(architecture: string, id: number): NetworkResult {
  return { ...network(architecture, [30, 50, id, 5]), recipe: RECIPE };
}

function check(invented: readonly Invented[], threshold = 0.5): ClaimResult[] {
  const networks = invented.map(([architecture, id]) => trained(architecture, id));
  const trainings = invented.map(([architecture, _, accuracy]) => run(architecture, accuracy));
  return checkClaims([claim("acc.correlation", threshold)], networks, trainings);
}

const CORRELATED: readonly Invented[] = [
  ["vgg-a", 10, 0.9],
  ["vgg-b", 13, 0.84],
  ["vgg-c", 16, 0.8],
  ["vgg-d", 19, 0.72],
  ["resnet-a", 8, 0.93],
  ["resnet-b", 11, 0.88],
  ["resnet-c", 14, 0.83],
  ["resnet-d", 17, 0.77],
];

Deno.test("acc.correlation is reproduced where a larger ID goes with a larger error", () => {
  const [whole, withoutOne, within, published] = check(CORRELATED);
  assert.deepEqual(
    [whole, withoutOne, within, published].map((result) => result!.verdict),
    ["reproduced", "reproduced", "reproduced", "reproduced"],
  );
  assert.deepEqual([whole!.severity, withoutOne!.severity, within!.severity, published!.severity], [
    "gate",
    "info",
    "info",
    "info",
  ]);
  assert.ok(whole!.estimate! > 0.95 && whole!.interval![0] < whole!.estimate!);
  assert.ok(withoutOne!.estimate! < whole!.estimate!);
  assert.match(whole!.test, /permutation p 0\.000\d+ \(40320 orders\)/);
  assert.match(whole!.explanation, /vgg-a 9\.\d+|vgg-a 10/);
  assert.match(within!.explanation, /vgg 0\.9\d+ \(4 networks, p .* after Holm\); resnet 0\.9/);
});

Deno.test("acc.correlation is not reproduced where a larger ID goes with a smaller error", () => {
  const reversed = CORRELATED.map(([name, id, accuracy]) => [name, id, 1 - accuracy] as const);
  const verdicts = check(reversed).map(({ verdict }) => verdict);
  assert.deepEqual(verdicts.slice(0, 3), ["not reproduced", "not reproduced", "not reproduced"]);
});

Deno.test("acc.correlation is inconclusive with fewer than five networks, or none", () => {
  const results = check(CORRELATED.slice(0, 4));
  assert.deepEqual(results.map(({ severity, verdict }) => [severity, verdict]), [
    ["gate", "inconclusive"],
    ["info", "reproduced"],
  ]);
  assert.match(results[0]!.test, /4 networks, at least 5 wanted/);
  const [nothing] = check([]);
  assert.deepEqual([nothing!.verdict, nothing!.severity], ["inconclusive", "gate"]);
});

Deno.test("acc.correlation is inconclusive where one far network makes the correlation", () => {
  const [whole, withoutOne] = check([
    ["a", 10, 0.9],
    ["b", 11, 0.91],
    ["c", 12, 0.89],
    ["d", 13, 0.92],
    ["e", 11.5, 0.9],
    ["f", 100, 0.1],
  ]);
  assert.ok(whole!.estimate! > 0.99 && whole!.interval![0] > 0.5);
  assert.equal(whole!.verdict, "inconclusive");
  assert.ok(withoutOne!.estimate! < 0.5 && withoutOne!.verdict !== "reproduced");
});

Deno.test("acc.correlation within families is not carried by what sets families apart", () => {
  const [whole, _, within] = check([
    ["vgg-a", 10, 0.80],
    ["vgg-b", 12, 0.82],
    ["vgg-c", 14, 0.84],
    ["vgg-d", 16, 0.86],
    ["resnet-a", 60, 0.20],
    ["resnet-b", 62, 0.22],
    ["resnet-c", 64, 0.24],
    ["resnet-d", 66, 0.26],
  ]);
  assert.ok(whole!.estimate! > 0.9);
  assert.ok(within!.estimate! < 0);
  assert.notEqual(within!.verdict, "reproduced");
});

Deno.test("acc.correlation is inconclusive when all errors are equal", () => {
  const [whole] = check(CORRELATED.map(([name, id]) => [name, id, 0.75] as const));
  assert.equal(whole!.verdict, "inconclusive");
  assert.match(whole!.test, /all equal/);
});

Deno.test("acc.correlation does without the bootstrap where only one network's error differs", () => {
  const [whole, withoutOne] = check([
    ["a", 10, 0.8],
    ["b", 12, 0.8],
    ["c", 11, 0.8],
    ["d", 13, 0.8],
    ["e", 12.5, 0.8],
    ["f", 20, 0.5],
  ]);
  assert.match(whole!.explanation, /bootstrap interval of r \(BCa\): none/);
  assert.deepEqual([withoutOne!.estimate, withoutOne!.verdict], [null, "inconclusive"]);
});

Deno.test("acc.correlation does not mix data sets", () => {
  const networks = CORRELATED.map(([name, id], at) => ({
    ...trained(name, id),
    data: at < 4 ? "plain" : "veiled",
  }));
  const trainings = CORRELATED.map(([name, _, accuracy]) => run(name, accuracy));
  const subjects = checkClaims([claim("acc.correlation", 0.5)], networks, trainings)
    .filter(({ severity }) => severity === "gate").map(({ subject }) => subject);
  assert.deepEqual(subjects, ["4 networks on plain", "4 networks on veiled"]);
});

Deno.test("acc.correlation gates only where all its networks do", () => {
  const networks = CORRELATED.map(([name, id, accuracy], at) => ({
    ...network(name, [30, 50, id, 5]),
    testError: 100 - 100 * accuracy,
    gates: at > 0,
  }));
  const [whole] = checkClaims([claim("acc.correlation", 0.5)], networks, []);
  assert.deepEqual([whole!.severity, whole!.verdict], ["info", "reproduced"]);
});

Deno.test("pointsByData() takes means over replicates and leaves out moments and controls", () => {
  const networks: NetworkResult[] = [
    trained("vgg11", 10),
    { ...trained("moment", 11), recipe: { ...RECIPE, after: { unit: "steps", count: 10 } } },
    {
      ...trained("shuffled", 12),
      recipe: { ...RECIPE, control: { of: "vgg11", changes: "labels" } },
    },
    network("without an error", [30, 50, 12, 5]),
    { ...network("resnet18", [30, 50, 13, 5]), testError: 10.92 },
  ];
  const trainings = networks.flatMap(({ id }) => [run(id, 0.9, 0), run(id, 0.8, 1)]);
  const points = pointsByData(networks, trainings).get("images")!;
  assert.deepEqual(points.map(({ name, family }) => [name, family]), [
    ["vgg11", "vgg"],
    ["resnet18", "resnet"],
  ]);
  assert.ok(Math.abs(points[0]!.y - 15) < 1e-9);
  assert.ok(Math.abs(points[0]!.x - 10) < 1);
  assert.equal(points[1]!.y, 10.92);
});

Deno.test("acc.correlation gives the paper's points the published correlations", () => {
  const result = check([]).at(-1)!;
  assert.equal(result.estimate!.toFixed(3), "0.943");
  assert.equal(result.pValue!.toPrecision(2), "4.6e-7");
  assert.match(result.explanation, /resnet 0\.995 \(5 networks/);
  assert.match(result.explanation, /rho 0\.934/);
  assert.match(result.explanation, /Figure 3B, .* r is -0\.173 \(p 0\.555\); families: vgg 0\.865/);
  const withoutAlexNet = publishedPoints().filter(({ name }) => name !== "alexnet");
  assert.equal(pearsonCorrelation(withoutAlexNet).toFixed(3), "0.876");
  assert.match(result.explanation, /Without alexnet, .* r is 0\.876 \(p 0\.0000866\)/);
  assert.match(check(CORRELATED)[1]!.expected, /^0\.876 /);
});

Deno.test("classwisePoints() takes the value before the output of Figure 3B", () => {
  assert.deepEqual(
    classwisePoints().map(({ name, y }) => [name, y]),
    publishedPoints().map(({ name, y }) => [name, y]),
  );
  assert.equal(classwisePoints()[0]!.x, 21.5);
});
