/**
 * Invented results for the tests of reports. No number in them was measured.
 *
 * @module
 */
import type { ClaimResult, Result } from "../../harness/spec/mod.ts";
import { EMBEDDED_CURVES, PAPER_CURVES } from "./example_curves.ts";
import { exampleNetwork } from "./example_network.ts";

const CLASSES = [
  "tench",
  "English springer",
  "chain saw",
  "church",
  "French horn",
  "gas pump",
  "golf ball",
];

/** A digest. */
export const SHA256 = "89abcdef01234567".repeat(4);

/** A run of four networks on seven groups of images, with verdicts of every kind. */
export function exampleResult(): Result {
  const groups = CLASSES.map((label, at) => ({
    id: `n0${at}`,
    label,
    replicate: 0,
    n: 500,
    sha256: SHA256,
  }));
  return {
    ...frame(),
    profile: "paper",
    narrowed: ["--networks resnet18,vgg16,mobilenet_v2,resnet18-untrained"],
    command: "deno task reproduce example --profile paper --networks resnet18,vgg16",
    data: [{ id: "images", title: "Imagenette (example)", source: "fast.ai", groups }],
    networks: PAPER_CURVES.map((curve) => exampleNetwork(curve, groups.map(({ id }) => id))),
    missing: ["vgg19", "resnet50", "resnet152"].map((id) => ({
      id,
      why: "no file of this network under the data root",
      fetch: "deno task fetch imagenet",
    })),
    claims: [
      claim("hunch.interior-peak", "ResNet-18 (example)", "reproduced", 2.62, [1.71, 4.0]),
      claim("hunch.interior-peak", "VGG-16 (example)", "reproduced", 3.41, [2.45, 4.71]),
      claim("hunch.untrained-flat", "ResNet-18, untrained (example)", "not reproduced", 1.61, [
        ...[1.55, 1.68] as const,
      ]),
      { ...claim("hunch.relative-depth", "3 networks", "inconclusive", null, null), level: null },
      {
        ...claim("hunch.below-width", "MobileNet-v2 (example)", "not comparable", 0.021, null),
        severity: "info",
      },
    ],
    notChecked: [{ id: "acc.correlation", why: "needs the test error of each network" }],
    notes: ["The classes are not the paper's: compare shapes, not single points."],
  };
}

/** A run of three untrained networks on one group of images, in which nothing was narrowed. */
export function embeddedExampleResult(): Result {
  return {
    ...frame(),
    profile: "embedded",
    command: "deno task reproduce example",
    data: [{
      id: "images",
      title: "MNIST test images (example)",
      source: "LeCun, Cortes and Burges",
      groups: [{ id: "digit-3", label: "digit 3", replicate: 0, n: 500, sha256: SHA256 }],
    }],
    networks: EMBEDDED_CURVES.map((curve) => exampleNetwork(curve, ["digit-3"])),
    claims: EMBEDDED_CURVES.map(({ title }) => ({
      ...claim("hunch.untrained-flat", title, "inconclusive", 1.35, null),
      test: "none: 1 group of images, at least 3 wanted",
      pValue: null,
    })),
    notChecked: [{ id: "hunch.interior-peak", why: "needs trained networks" }],
  };
}

function claim(
  id: string,
  subject: string,
  verdict: ClaimResult["verdict"],
  estimate: number | null,
  interval: [number, number] | null,
): ClaimResult {
  return {
    id,
    title: TITLES[id]!,
    subject,
    severity: "gate",
    statistic: "ID at the peak / ID at the input; geometric mean over groups",
    estimate,
    interval,
    level: interval ? 0.95 : null,
    test: "one-sided t test of the log ratios of 7 groups against the edge",
    pValue: interval ? 0.0092 : null,
    expected: "ID rises to 50-120 in inner layers and falls to about ten at the output",
    tolerance: "at least 1.5: below every ratio of Figure 3B, above the 1.24 of Figure 5C",
    refutedBy: "A ratio whose whole interval lies below 1.5",
    verdict,
    explanation: "Highest mean at an inner layer.",
    source: "section 3.1, Figures 2A and 3",
  };
}

const TITLES: Readonly<Record<string, string>> = {
  "hunch.interior-peak": "ID rises to a peak at an inner layer",
  "hunch.untrained-flat": "Untrained networks have no hump",
  "hunch.relative-depth": "The peak follows relative, not absolute depth",
  "hunch.below-width": "ID is far below the number of units",
};

/** A run that found nothing yet. */
export function frame(): Result {
  return {
    schemaVersion: 2,
    experiment: {
      id: "example",
      title: "Example: estimated intrinsic dimension rises, then falls",
      summary: "Invented numbers that show what a report looks like.",
      paper: "Ansuini, Laio, Macke and Zoccolan, NeurIPS 2019, arXiv 1905.12784v2",
      figure: "Figure 3",
      specSha256: SHA256,
    },
    profile: "",
    seed: 999,
    samples: 500,
    narrowed: [],
    command: "",
    device: {
      kind: "cpu",
      requested: "auto",
      reason: "only a software WebGPU adapter; native CPU found",
      threads: 2,
      runtime: "onnxruntime-node 1.30.0",
      adapter: null,
      selfTest: [
        { name: "convolution", error: 1.16e-7, tolerance: 1e-5, passed: true },
        { name: "max pooling", error: 0, tolerance: 1e-5, passed: true },
      ],
    },
    environment: {
      startedAt: "2020-01-02T03:04:05.000Z",
      seconds: 754.2,
      git: { commit: "0123456789abcdef0123456789abcdef01234567", dirty: false },
      versions: { deno: "2.9.6", "onnxruntime-node": "1.30.0" },
      os: "linux",
      arch: "x86_64",
      cells: { total: 28, computed: 21, cached: 7 },
      peakMemoryBytes: 2_145_435_648,
      batchSize: 8,
      memoryBudgetBytes: 4_294_967_296,
    },
    data: [],
    recipes: [],
    trainings: [],
    agreement: [],
    networks: [],
    missing: [],
    claims: [],
    notChecked: [],
    notes: [],
  };
}
