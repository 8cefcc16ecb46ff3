import assert from "node:assert/strict";
import type { NetworkResult } from "../../harness/spec/mod.ts";
import { assertSnapshot } from "../testdata/assert_snapshot.ts";
import {
  linearExampleResult,
  paperLinearExampleResult,
  withLinear,
} from "../testdata/example_linear.ts";
import { all, parseSvg } from "../testdata/parse_html.ts";
import { smallNetwork } from "../testdata/small_network.ts";
import { dimensionFigure, gaussianFigure, hasGaussians, spectrumFigure } from "./mod.ts";

const [trained, untrained] = linearExampleResult().networks as [NetworkResult, NetworkResult];
const vgg = paperLinearExampleResult().networks.find(({ id }) => id === "vgg16")!;
const LINES = 'g[data-mark="line"] path';

function lines(figure: string): number {
  return all(parseSvg(figure), LINES).length;
}

Deno.test("dimensionFigure() draws units, PC-ID, ID and the twin as before", () => {
  assertSnapshot("dimensions.svg", dimensionFigure(trained, [untrained]));
});

Deno.test("dimensionFigure() draws the paper's two curves where it has them", () => {
  assert.equal(lines(dimensionFigure(vgg, [])), 5);
  assert.equal(lines(dimensionFigure(trained, [])), 3);
});

Deno.test("spectrumFigure() draws a line a layer as before", () => {
  assertSnapshot("spectra.svg", spectrumFigure(trained));
});

Deno.test("spectrumFigure() scales the paper's singular values to shares of the variance", () => {
  const text = parseSvg(spectrumFigure(vgg));
  assert.equal(all(text, LINES).length, vgg.layers.length + 1);
  // The paper's first component: 456.5^2 / (2016 x 4096).
  const twin = {
    ...vgg,
    layers: vgg.layers.map((layer) => ({
      ...layer,
      groups: layer.groups.map((group) => ({
        ...group,
        pca: {
          ...group.pca!,
          eigenvalues: { count: 1, sum: 1, rank: [1], value: [456.5 ** 2 / (2016 * 4096)] },
        },
      })),
    })),
  };
  const [paper, ...own] = all(parseSvg(spectrumFigure(twin)), LINES)
    .map((line) => line.getAttribute("d")!.match(/^M([\d.]+),([\d.]+)/)!.slice(1));
  for (const start of own) assert.deepEqual(start, paper);
});

Deno.test("spectrumFigure() leaves out eigenvalues that a logarithmic axis has no room for", () => {
  const flat = withLinear(smallNetwork("resnet18"));
  const layers = flat.layers.map((layer) => ({
    ...layer,
    groups: layer.groups.map((group) => ({
      ...group,
      pca: {
        ...group.pca!,
        eigenvalues: { count: 3, sum: 2, rank: [1, 2, 3], value: [1, 1, 0] },
      },
    })),
  }));
  assert.doesNotMatch(spectrumFigure({ ...flat, layers }), /NaN|Infinity/);
});

Deno.test("gaussianFigure() draws data and both clouds as before", () => {
  const layer = trained.layers.find(hasGaussians)!;
  assertSnapshot("gaussian.svg", gaussianFigure(trained, layer, true));
});

Deno.test("gaussianFigure() shows the paper beside its own layer only", () => {
  const layer = vgg.layers.find(hasGaussians)!;
  assert.deepEqual([true, false].map((last) => lines(gaussianFigure(vgg, layer, last))), [5, 3]);
});
