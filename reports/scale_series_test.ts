import assert from "node:assert/strict";
import { blockSeries, grideSeries, hasBlocks, publishedScaleSeries } from "./scale_series.ts";
import { smallNetwork } from "./testdata/small_network.ts";

const network = smallNetwork("resnet18");
const [first] = network.layers;

Deno.test("blockSeries() gives mean and standard deviation over groups at each size", () => {
  const [series] = blockSeries(network);
  assert.equal(series!.layer, first!.name);
  const sizes = first!.groups[0]!.estimates.block_analysis;
  assert.deepEqual(series!.points.map(({ points }) => points), sizes.map(({ points }) => points));
  const values = first!.groups.map(({ estimates }) => estimates.block_analysis[3]!.mean);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  assert.ok(Math.abs(series!.points[3]!.id - mean) < 1e-9);
  assert.ok(series!.points[3]!.std > 0);
});

Deno.test("blockSeries() gives the standard deviation over blocks when there is one group", () => {
  const [group] = first!.groups;
  const [series] = blockSeries({ ...network, layers: [{ ...first!, groups: [group!] }] });
  const { mean, std_population } = group!.estimates.block_analysis[4]!;
  assert.deepEqual([series!.points[4]!.id, series!.points[4]!.std], [mean, std_population]);
});

Deno.test("grideSeries() puts an estimate with rank n1 at N / n1 points", () => {
  const [series] = grideSeries(network);
  const [{ n, estimates }] = first!.groups as [(typeof first & object)["groups"][number]];
  assert.deepEqual(
    series!.points.map(({ points }) => points),
    estimates.gride.map(({ n1 }) => n / n1),
  );
});

Deno.test("grideSeries() leaves out a scale that a group lacks", () => {
  const groups = first!.groups.map((group, at) =>
    at > 0 ? group : {
      ...group,
      estimates: { ...group.estimates, gride: group.estimates.gride.slice(0, 2) },
    }
  );
  const [series] = grideSeries({ ...network, layers: [{ ...first!, groups }] });
  assert.equal(series!.points.length, 2);
});

Deno.test("hasBlocks() asks for three sizes in every group", () => {
  assert.equal(hasBlocks(network), true);
  assert.equal(hasBlocks({ ...network, layers: [] }), false);
  const groups = first!.groups.map((group) => ({
    ...group,
    estimates: { ...group.estimates, block_analysis: group.estimates.block_analysis.slice(0, 2) },
  }));
  assert.equal(hasBlocks({ ...network, layers: [{ ...first!, groups }] }), false);
});

Deno.test("publishedScaleSeries() gives the four layers of Figure 2B", () => {
  const series = publishedScaleSeries();
  assert.deepEqual(series.map(({ layer }) => layer), ["pool5", "d1", "d2", "output"]);
  assert.deepEqual(series[3]!.points.at(-1), { points: 72, id: 3.03, std: 0.52 });
});
