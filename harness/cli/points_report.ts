/**
 * The estimates of a file of points as what a report shows.
 *
 * @module
 */
import type { PointsReport } from "../../reports/points/mod.ts";
import type { Device } from "../device/mod.ts";
import { type PointsEstimate, versions } from "../run/mod.ts";
import {
  calibrationLines,
  estimateRows,
  hubLines,
  scaleRows,
  summaryLines,
} from "./points_tables.ts";

/** @param command That repeats the estimates. */
export function pointsReport(
  found: PointsEstimate,
  { kind, threads, runtime }: Device,
  command: string,
): PointsReport {
  const { file, seed, points, estimates, intervals, sample, notes } = found;
  return {
    file: file.replace(/^.*[/\\]/, ""),
    summary: summaryLines(found),
    estimates: estimateRows(found),
    scales: scaleRows(found),
    gride: estimates.gride.map(({ n1, id }, at) => ({
      points: points / n1,
      id,
      error: intervals.gride[at]![1] - id,
    })),
    blocks: (sample?.block_analysis ?? estimates.block_analysis).map((
      { points, mean, std_population },
    ) => ({ points, id: mean, error: std_population })),
    hubs: hubLines(found),
    calibration: calibrationLines(found),
    notes,
    provenance: [
      ["Command", command],
      ["Seed", String(seed)],
      ["Device", `${kind}, ${threads} threads, ${runtime}`],
      ["Versions", Object.entries(versions()).map((entry) => entry.join(" ")).join(", ")],
    ],
  };
}
