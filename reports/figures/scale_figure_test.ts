import assert from "node:assert/strict";
import { blockSeries, publishedScaleSeries } from "../scale_series.ts";
import { assertSnapshot } from "../testdata/assert_snapshot.ts";
import { all, parseSvg } from "../testdata/parse_html.ts";
import { smallNetwork } from "../testdata/small_network.ts";
import { scaleFigure, scaleRange } from "./mod.ts";

Deno.test("scaleFigure() draws Figure 2B as before", () => {
  const series = publishedScaleSeries();
  assertSnapshot("scale.svg", scaleFigure("Figure 2B", "points", series, scaleRange(series)));
});

Deno.test("scaleFigure() names each layer at the end of its line", () => {
  const series = blockSeries(smallNetwork("resnet18"));
  const texts = all(parseSvg(scaleFigure("t", "points", series, scaleRange(series))), "text")
    .map((text) => text.textContent);
  for (const { layer } of series) assert.ok(texts.includes(layer), layer);
});

Deno.test("scaleRange() holds every point with its bar", () => {
  const range = scaleRange([
    { layer: "a", points: [{ points: 50, id: 3, std: 1 }] },
    { layer: "b", points: [{ points: 20, id: 2, std: 0 }, { points: 100, id: 1, std: 0 }] },
  ]);
  assert.deepEqual(range, { top: 4.2, fewest: 20, most: 100 });
});
