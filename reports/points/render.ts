/**
 * From the estimates of a file of points to one self-contained HTML page. No clock, no randomness, no
 * address outside itself.
 *
 * @module
 */
import { seriesSample } from "../figures/mod.ts";
import { templates, trusted } from "../templates.ts";
import type { PointsReport } from "./points_report.ts";
import { SCALE_STYLES, scalePlot } from "./scale_plot.ts";

const SHARED = new URL("../templates/", import.meta.url);
const OWN = new URL("./templates/", import.meta.url);

const render = templates([SHARED, OWN]);

/** The complete page; the same report gives the same bytes. Every text is escaped. */
export function renderPointsReport(report: PointsReport): string {
  const labels = ["Gride, ranks n and 2n, with 95 % interval", "TwoNN over blocks, ± deviation"];
  return render("points", {
    ...report,
    plot: scalePlot(report),
    legend: labels.map((label, at) => ({ label, sample: seriesSample(SCALE_STYLES[at]!) })),
    style: trusted(Deno.readTextFileSync(new URL("style.css", SHARED))),
  });
}
