/**
 * Test accuracy of every model, a dot a replicate, the mean as a line.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { mean } from "simple-statistics";
import type { EnsembleResult, ModelResult } from "../../harness/spec/mod.ts";
import { svg } from "../figures/chart.ts";
import { seriesStyle } from "../figures/palette.ts";

const KIND_ORDER = ["classifier", "protopnet", "cam", "part-pool", "part-oracle"] as const;

/** Height of a model's row in pixels. */
const ROW = 26;

/** Width of a letter of the widest kind of font, and of all that is not a model's title, in pixels. */
const LETTER = 6.8;
const CHART = 410;

/** One row a model. */
export function accuracyFigure(
  models: readonly ModelResult[],
  ensembles: readonly EnsembleResult[],
): string {
  const rows = [
    ...models.map(({ title, kind, runs }) => ({
      title,
      style: seriesStyle(KIND_ORDER.indexOf(kind)),
      values: runs.map(({ test }) => 100 * test.accuracy),
    })),
    ...ensembles.map(({ id, runs }) => ({
      title: `together: ${id}`,
      style: seriesStyle(KIND_ORDER.length),
      values: runs.map(({ test }) => 100 * test.accuracy),
    })),
  ].filter(({ values }) => values.length > 0);
  const dots = rows.flatMap(({ title, style, values }) =>
    values.map((value) => ({ title, value, style }))
  );
  const means = rows.map(({ title, style, values }) => ({ title, value: mean(values), style }));
  const titles = Math.ceil(LETTER * Math.max(...rows.map(({ title }) => title.length)));
  return svg({
    title: "Test accuracy of the models",
    description: means.map(({ title, value }) => `${title}: ${value.toFixed(1)} %`).join("; "),
    options: {
      width: titles + CHART,
      height: 50 + ROW * rows.length,
      marginLeft: titles + 10,
      marginRight: 20,
      marginBottom: 40,
      x: {
        label: "test accuracy, %",
        labelAnchor: "center",
        labelArrow: "none",
        grid: true,
        nice: true,
        inset: 6,
      },
      y: { domain: rows.map(({ title }) => title), label: null, tickSize: 0 },
      marks: [
        means.map((one) =>
          Plot.tickX([one], { x: "value", y: "title", stroke: one.style.colour, strokeWidth: 2.5 })
        ),
        dots.map((one) =>
          Plot.dot([one], {
            x: "value",
            y: "title",
            r: 4,
            symbol: one.style.symbol,
            fill: one.style.colour,
            fillOpacity: 0.55,
          })
        ),
      ],
    },
  });
}
