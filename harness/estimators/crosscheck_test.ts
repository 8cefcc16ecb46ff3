/** Values of other programs on the same points: ../shared/crosscheck/README.md says whose. */
import assert from "node:assert/strict";
import { sharedTest } from "../base/shared_data.ts";
import {
  blockAnalysis,
  type DistanceMatrix,
  exactDistances,
  gride,
  levinaBickel,
  listsFromMatrix,
  logRatios,
  twonnBayes,
  twonnCensored,
  twonnFit,
  twonnUnbiased,
} from "./mod.ts";

const RELATIVE = 1e-9;

type Expected = Record<string, unknown>;

function close(actual: number, expected: unknown, what: string): void {
  assert.equal(typeof expected, "number", what);
  const wanted = Number(expected);
  const error = Math.abs(actual - wanted) / Math.abs(wanted);
  assert.ok(error <= RELATIVE, `${what}: found ${actual}, wanted ${wanted}`);
}

function entry(expected: Expected, start: string): unknown {
  const key = Object.keys(expected).find((name) => name.startsWith(start));
  assert.ok(key, `no key starts with ${start}`);
  return expected[key];
}

async function read(folder: URL, name: string): Promise<number[][]> {
  const csv = name.startsWith("facco") ? "txt" : "csv";
  const text = await Deno.readTextFile(new URL(`${name}.${csv}`, folder));
  return text.trim().split("\n").map((line) =>
    line.trim().split(csv === "csv" ? "," : /\s+/).map(Number)
  );
}

function distances(rows: readonly (readonly number[])[]): DistanceMatrix {
  return exactDistances(Float64Array.from(rows.flat()), rows.length, rows[0]!.length);
}

const FILES = [
  "dadapy_2gaussians_in_2d",
  "dadapy_3d_gauss_small_z_var",
  "dadapy_rosslers_xtoy_trajectory",
  "facco_swissroll",
  "facco_gauss5",
  "facco_hc14",
  "facco_cauchy20",
  "facco_mnist2_hand2",
  "hyperball_n30_d5_in10",
];

for (const name of FILES) {
  sharedTest(`estimators give the values of other programs on ${name}`, async (shared) => {
    const folder = new URL("crosscheck/", shared);
    const all = JSON.parse(await Deno.readTextFile(new URL("expected.json", folder)));
    const expected: Expected = all[name];
    const matrix = distances(await read(folder, name));
    const lists = listsFromMatrix(matrix, Math.min(128, matrix.n - 1));
    const ratios = logRatios(lists);
    const n = ratios.sorted.length;

    close(twonnFit(ratios).value, entry(expected, "twonn_fit_F_i_over_N"), "fit i/N");
    close(
      twonnFit(ratios, 1).value,
      entry(expected, "twonn_fit_F_(i-1)_over_N_frac0.9"),
      "(i-1)/N",
    );
    close(twonnFit(ratios, 1, 1).value, entry(expected, "twonn_fit_F_(i-1)_over_N_frac1"), "all");
    close(twonnUnbiased(ratios).value, entry(expected, "twonn_mle_unbiased"), "unbiased");
    close(twonnUnbiased(ratios).value * n / (n - 1), entry(expected, "twonn_mle N/sum"), "N/sum");
    close(twonnCensored(ratios).value, entry(expected, "twonn_mle_censored"), "censored");
    close(twonnBayes(ratios).value, entry(expected, "twonn_bayes"), "Gamma(2, 5) prior");

    const scales = Object.entries(expected["gride"] as Record<string, Expected>);
    const ours = new Map(gride(lists, 128).map((scale) => [`${scale.n1}-${scale.n2}`, scale]));
    assert.ok(scales.length > 0);
    for (const [ranks, scale] of scales) {
      const estimate = ours.get(ranks)!;
      close(estimate.id, scale["id"], `gride ${ranks}`);
      close(estimate.err, scale["err"], `gride ${ranks} error`);
      close(estimate.mean_r, scale["mean_r"], `gride ${ranks} scale`);
    }
    const neighbourhoods = Object.entries(expected["levina_bickel"] as Record<string, Expected>);
    assert.ok(neighbourhoods.length > 0);
    for (const [k, values] of neighbourhoods) {
      const estimate = levinaBickel(lists, Number(k.slice(2)));
      close(estimate.harmonic, values["harmonic_mackay"], `harmonic ${k}`);
      close(estimate.mean, values["mean"], `mean ${k}`);
      close(estimate.mean_k_minus_2, values["mean_unbiased_k_minus_2"], `mean k-2 ${k}`);
      close(estimate.median, values["median"], `median ${k}`);
    }
  });
}

sharedTest("blockAnalysis() gives the reference on contiguous blocks", async (shared) => {
  const folder = new URL("crosscheck/", shared);
  const all = JSON.parse(await Deno.readTextFile(new URL("expected.json", folder)));
  const expected = entry(all["facco_mnist2_hand2"], "block_analysis") as Record<string, Expected>;
  const ours = blockAnalysis(distances(await read(folder, "facco_mnist2_hand2")), undefined);
  const rows = Object.entries(expected);
  assert.ok(rows.length > 0);
  for (const [key, row] of rows) {
    const blocks = Number(key.replace(/\D/g, ""));
    const estimate = ours.find((candidate) => candidate.blocks === blocks)!;
    close(estimate.mean, row["mean"], `mean of ${blocks} blocks`);
    if (blocks > 1) close(estimate.std_population, row["std_pop"], `std of ${blocks} blocks`);
  }
});

sharedTest("twonnFit() gives the published values on the periodic hypercube", async (shared) => {
  const folder = new URL("crosscheck/", shared);
  const rows = (await read(folder, "facco_hc14")).map((row) => row.slice(0, 14));
  const n = rows.length;
  const squared = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      squared[i * n + j] = rows[i]!.reduce((sum, value, axis) => {
        const apart = Math.abs(value - rows[j]![axis]!);
        return sum + Math.min(apart, 1 - apart) ** 2;
      }, 0);
    }
  }
  const ratios = logRatios(listsFromMatrix({ n, squared }, 2));
  const all = JSON.parse(await Deno.readTextFile(new URL("expected.json", folder)));
  const expected: Expected = all["facco_hc14_periodic_box1"];
  close(twonnFit(ratios, 1).value, entry(expected, "twonn_fit_F_(i-1)_over_N_frac0.9"), "(i-1)/N");
  close(twonnFit(ratios).value, entry(expected, "twonn_fit_F_i_over_N_frac0.9"), "i/N");
  close(twonnFit(ratios, 1, 1).value, entry(expected, "all_points"), "all");
  assert.equal(twonnFit(ratios, 1, 1).value.toFixed(2), "14.09");
  assert.equal(twonnFit(ratios, 1).value.toFixed(2), "13.91");
});

sharedTest("logRatios() drops duplicated points but keeps them as neighbours", async (shared) => {
  const folder = new URL("crosscheck/", shared);
  const all = JSON.parse(await Deno.readTextFile(new URL("expected.json", folder)));
  const expected: Expected = all["2gaussians_plus_first10_duplicated"];
  const rows = await read(folder, "dadapy_2gaussians_in_2d");
  const ratios = logRatios(listsFromMatrix(distances([...rows, ...rows.slice(0, 10)]), 2));
  assert.equal(ratios.duplicates, 20);
  close(twonnFit(ratios).value, entry(expected, "ansuini_drop_rows"), "rows dropped");
  const unique = logRatios(listsFromMatrix(distances(rows), 2));
  close(twonnFit(unique).value, entry(expected, "unique_first"), "duplicates removed first");
});
