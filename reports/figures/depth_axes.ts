/**
 * Two horizontal axes of one network: relative depth below, absolute depth above.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";

/** Ticks of the absolute axis at the most. */
const MOST_TICKS = 6;

/** Both axes, for a horizontal scale of relative depth. */
export function depthAxes(fullDepth: number): Plot.Markish[] {
  const step = tickStep(fullDepth);
  const depths = Array.from({ length: Math.floor(fullDepth / step) + 1 }, (_, at) => at * step);
  return [
    Plot.axisX({ label: "relative depth", labelAnchor: "center", labelArrow: "none", ticks: 5 }),
    Plot.axisX(depths.map((depth) => depth / fullDepth), {
      anchor: "top",
      tickFormat: (_: number, at: number) => String(depths[at]),
      label: `depth in layers, of ${fullDepth}`,
      labelAnchor: "center",
      labelArrow: "none",
      labelOffset: 34,
    }),
  ];
}

/** The smallest of 1, 2, 5, 10, 20 ... that leaves few enough ticks. */
function tickStep(fullDepth: number): number {
  for (let power = 1;; power *= 10) {
    for (const step of [power, 2 * power, 5 * power]) {
      if (fullDepth / step < MOST_TICKS) return step;
    }
  }
}
