import { checkClaims } from "../../claims/mod.ts";
import { claim, network } from "../../claims/testdata/networks.ts";
import type { NetworkResult, Result } from "../../spec/mod.ts";
import { measureIdResult } from "../kinds/mod.ts";
import { makeBaseline } from "../make_baseline.ts";
import type { Baseline } from "../baseline.ts";
import type { Measured, Metric } from "../measured.ts";

const HUMP = [30, 50, 100, 60, 20, 15];
const REPLICATES = 3;
const TEST_IMAGES = 500;

/** What a test varies. */
export interface RunRequest {
  readonly seed?: number;
  readonly specSha256?: string;
  readonly threads?: number;
  readonly accuracies?: readonly number[];
  /** Multiplies the ID of every group at every layer. */
  readonly factor?: number;
  /** Names other noise. */
  readonly noise?: string;
}

/** A whole result: one trained network with a hump, three replicates. */
export function exampleResult(request: RunRequest = {}): Result {
  const { seed = 999, specSha256 = "a".repeat(64), threads = 2, factor = 1 } = request;
  const net = scaled(network(request.noise ?? "net", HUMP), factor);
  const accuracies = request.accuracies ?? [0.92, 0.9, 0.94];
  return {
    schemaVersion: 2,
    experiment: {
      id: "id-example",
      title: "t",
      summary: "s",
      paper: "p",
      figure: "f",
      specSha256,
    },
    profile: "embedded",
    seed,
    samples: 400,
    narrowed: [],
    command: "deno task reproduce id-example",
    device: {
      kind: "cpu",
      requested: "cpu",
      reason: "r",
      threads,
      runtime: "onnxruntime-node 1.30.0",
      adapter: null,
      selfTest: [],
    },
    environment: {
      startedAt: "2026-01-01T00:00:00.000Z",
      seconds: 1,
      git: { commit: "c".repeat(40), dirty: null },
      versions: { deno: "2.9.6" },
      os: "linux",
      arch: "x86_64",
      cells: { total: 1, computed: 1, cached: 0 },
      peakMemoryBytes: 1,
      batchSize: 50,
      memoryBudgetBytes: 1,
    },
    data: [{
      id: "images",
      title: "Images",
      source: "s",
      groups: Array.from({ length: REPLICATES }, (_, replicate) => ({
        id: `seed-${seed + replicate}`,
        label: "l",
        replicate,
        n: 400,
        sha256: String(seed + replicate).padStart(64, "0"),
      })),
    }],
    recipes: [],
    trainings: accuracies.map((accuracy, replicate) => ({
      networks: ["net"],
      replicate,
      data: "images",
      recipe: "sgd",
      engine: "ort",
      trainImages: 1000,
      validationImages: 100,
      testImages: TEST_IMAGES,
      stepsPerEpoch: 10,
      history: [],
      test: { loss: 0.3, accuracy },
      snapshots: [],
    })),
    agreement: [],
    networks: [net],
    missing: [],
    claims: checkClaims([claim("hunch.interior-peak", 1.5)], [net], []),
    notChecked: [],
    notes: [],
  };

  function scaled(net: NetworkResult, factor: number): NetworkResult {
    const layers = net.layers.map((layer) => ({
      ...layer,
      groups: layer.groups.slice(0, REPLICATES).map((group, replicate) => ({
        ...group,
        group: `seed-${seed + replicate}`,
        estimates: {
          ...group.estimates,
          twonn_fit: {
            ...group.estimates.twonn_fit,
            value: factor * group.estimates.twonn_fit.value,
          },
        },
      })),
    }));
    return { ...net, id: "net", title: "net", layers };
  }
}

/** The result as a run. */
export function exampleRun(request: RunRequest = {}): Measured {
  return measureIdResult(exampleResult(request), "example/result.json");
}

/** A baseline of it. */
export function exampleBaseline(request: RunRequest = {}): Baseline {
  return makeBaseline({
    run: exampleRun(request),
    reason: "first",
    previous: undefined,
    written: [],
  });
}

/** A metric with values of the given names. */
export function metric(
  name: string,
  values: readonly number[],
  more: Partial<Metric> = {},
): Metric {
  return {
    name,
    value: values.reduce((sum, value) => sum + value, 0) / values.length,
    scale: "linear",
    resolution: null,
    noise: {
      kind: "replicates",
      replicates: values.map((value, at) => ({ key: `seed#${at}`, value })),
    },
    worse: "both",
    gates: true,
    ...more,
  };
}
