import assert from "node:assert/strict";
import type { ClaimResult, NetworkResult, PcaResult } from "../spec/mod.ts";
import { checkClaims } from "./mod.ts";
import { claim, network } from "./testdata/networks.ts";

const HUMP = [30, 50, 100, 60, 20, 15];

/** What PCA found at each layer, the same in all groups; Gaussian points at the last hidden layer. */
interface Linear {
  readonly components: readonly number[];
  readonly gap?: number;
  readonly gaussian?: number;
  readonly legacy?: number;
}

function withLinear(
  plain: NetworkResult,
  { components, gap = 1.3, gaussian = 60, legacy = 120 }: Linear,
): NetworkResult {
  const layers = plain.layers.map((layer, at) => ({
    ...layer,
    groups: layer.groups.map((group): (typeof layer.groups)[number] => ({
      ...group,
      pca: pcaResult(components[at]!, gap, at === 4 ? [gaussian, legacy] : undefined),
    })),
  }));
  return { ...plain, layers };
}

function pcaResult(
  n90: number,
  ratio: number,
  gaussian: readonly [number, number] | undefined,
): PcaResult {
  const over = (mean: number) => ({ mean, std_population: 1 });
  return {
    points: 400,
    features: 10_000,
    constant_features: 0,
    n90,
    ansuini_pc_id: n90 - 1,
    participation_ratio: n90 / 2,
    participation_ratio_corrected: n90,
    gap: { rank: 1, ratio },
    eigenvalue_error: 0,
    eigenvalues: { count: 399, sum: 10_000, rank: [1, 399], value: [900, 1] },
    gaussian_null: gaussian
      ? {
        twonn_fit_standardised: 21,
        repeats: 3,
        sizes: [
          { blocks: 2, points: 200, covariance: over(1), legacy: over(1) },
          { blocks: 1, points: 400, covariance: over(gaussian[0]), legacy: over(gaussian[1]) },
        ],
      }
      : null,
  };
}

const WIDE = [200, 300, 350, 300, 150, 30];

function check(id: string, threshold: number, ...networks: NetworkResult[]): ClaimResult[] {
  return checkClaims([claim(id, threshold)], networks, []);
}

Deno.test("pca.gap is decided by all hidden layers, not by input or output", () => {
  const wide = withLinear(network("a", HUMP), { components: [1, ...WIDE.slice(1, 5), 1] });
  const [reproduced] = check("pca.gap", 3, wide);
  assert.equal(reproduced!.verdict, "reproduced");
  assert.match(reproduced!.explanation, /^"layer2": 350 components/);
  const narrow = withLinear(network("a", HUMP), { components: [...WIDE.slice(0, 4), 25, 1] });
  const [refuted] = check("pca.gap", 3, narrow);
  assert.equal(refuted!.verdict, "not reproduced");
  assert.match(refuted!.explanation, /^"layer4": 25 components/);
});

Deno.test("pca.gap shows the smallest ratio and the largest p-value", () => {
  // The noisiest layer has the largest p-value, not the smallest ratio.
  const noisy = withLinear(network("a", HUMP), { components: WIDE });
  const layers = noisy.layers.map((layer, at) => ({
    ...layer,
    groups: layer.groups.map((group, g) => ({
      ...group,
      pca: pcaResult(at === 1 ? 400 + 300 * (g % 2) : WIDE[at]!, 1.3, undefined),
    })),
  }));
  const [{ estimate, pValue, verdict }] = check("pca.gap", 3, { ...noisy, layers }) as [
    ClaimResult,
  ];
  const [{ pValue: quiet }] = check("pca.gap", 3, noisy) as [ClaimResult];
  assert.ok(Math.abs(estimate! / 3.5 - 1) < 0.1, `${estimate}`);
  assert.ok(pValue! >= quiet!);
  assert.equal(verdict, "reproduced");
});

Deno.test("pca.gap needs three groups of images", () => {
  const whole = withLinear(network("a", HUMP), { components: WIDE });
  const layers = whole.layers.map((layer) => ({ ...layer, groups: layer.groups.slice(0, 2) }));
  const [{ verdict, estimate }] = check("pca.gap", 3, { ...whole, layers }) as [ClaimResult];
  assert.deepEqual([verdict, estimate], ["inconclusive", null]);
});

Deno.test("pca.no-gap looks at the last hidden layer's spectrum", () => {
  const verdictFor = (gap: number) =>
    check("pca.no-gap", 3, withLinear(network("a", HUMP), { components: WIDE, gap }))
      .map(({ verdict }) => verdict);
  assert.deepEqual(verdictFor(1.3), ["reproduced"]);
  assert.deepEqual(verdictFor(300), ["not reproduced"]);
});

Deno.test("pca.curved gates with the covariance of the data, not with the authors' scaling", () => {
  const [correct, legacy] = check(
    "pca.curved",
    2,
    withLinear(network("a", HUMP), { components: WIDE, gaussian: 22, legacy: 120 }),
  );
  assert.deepEqual([correct!.severity, correct!.verdict], ["gate", "not reproduced"]);
  assert.deepEqual([legacy!.severity, legacy!.verdict], ["info", "reproduced"]);
  assert.match(
    correct!.explanation,
    /^"layer4" at N = 400: Gaussian points 22, data 19\.8 \(21 with/,
  );
  assert.match(legacy!.explanation, /sqrt\(s\)/);
});

Deno.test("pca.curved names the ratio of the twin with random weights", () => {
  const trained = withLinear(network("a", HUMP), { components: WIDE });
  const twin = withLinear(network("a", HUMP, "untrained"), { components: WIDE, gaussian: 30 });
  const [{ explanation }] = check("pca.curved", 2, trained, twin) as [ClaimResult];
  assert.match(explanation, /With random weights the ratio is 1\.5/);
});

Deno.test("claims on PCA say nothing about untrained networks and those without PCA", () => {
  const untrained = withLinear(network("a", HUMP, "untrained"), { components: WIDE });
  for (const id of ["pca.gap", "pca.no-gap", "pca.curved"]) {
    assert.deepEqual(check(id, 2, untrained, network("b", HUMP)), []);
  }
});

Deno.test("pca.no-gap and pca.curved leave out a network that is cut off before its last hidden layer", () => {
  const cut = { ...withLinear(network("a", HUMP), { components: WIDE }), fullDepth: 12 };
  assert.deepEqual([...check("pca.no-gap", 3, cut), ...check("pca.curved", 2, cut)], []);
  assert.equal(check("pca.gap", 3, cut).length, 1);
});
