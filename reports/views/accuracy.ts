/**
 * The ID of the last hidden layer and the test error, in each sampling of the images.
 *
 * @module
 */
import type { Result } from "../../harness/spec/mod.ts";
import {
  type AccuracyPoint,
  accuracyPoints,
  classwiseAccuracyPoints,
  publishedAccuracyPoints,
} from "../accuracy_points.ts";
import { accuracyFigure, seriesSample, seriesStyle } from "../figures/mod.ts";

/** The claim that asks for these figures. */
const CLAIM = "acc.correlation";

/** Null where the run does not ask for a correlation. */
export function accuracyView(result: Result) {
  if (!result.claims.some(({ id }) => id === CLAIM)) return null;
  const published = publishedAccuracyPoints();
  return {
    own: [...accuracyPoints(result)].map(([data, points]) => ({
      title: result.data.find(({ id }) => id === data)?.title ?? data,
      figure: accuracyFigure(`Last hidden ID against test error, ${data}`, points),
      legend: legend(points),
    })),
    mixed: accuracyFigure("Last hidden ID against top-5 error, Figure 4", published),
    classwise: accuracyFigure(
      "Last hidden ID against top-5 error, IDs of Figure 3B",
      classwiseAccuracyPoints(),
    ),
    legend: legend(published),
  };
}

function legend(points: readonly AccuracyPoint[]) {
  return points.map(({ name }, n) => ({
    label: name,
    sample: seriesSample({ ...seriesStyle(n), width: 0 }),
  }));
}
