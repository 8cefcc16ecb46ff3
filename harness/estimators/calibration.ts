/**
 * What an estimate means: TwoNN underestimates high dimensions when points are few, so an estimate is
 * compared with what point clouds of known dimension give at the same number of points.
 *
 * @module
 */
import table from "./calibration_table.json" with { type: "json" };
import { type CloudKind } from "./simulate.ts";

/** The true dimension of the clouds that give an estimate, or why the table cannot tell. */
export type EquivalentDimension =
  | { readonly dimension: number }
  | { readonly beyondTable: string };

/** Mean estimate of clouds of one dimension. */
interface Calibrated {
  readonly dimension: number;
  readonly mean: number;
}

/**
 * The dimension whose clouds of that many points give this `twonn_fit` on average: interpolated
 * linearly in log N between the numbers of points of the table, then in log d against the log of the
 * estimate.
 *
 * @param estimate An estimated ID (F = i/N, first 90 %).
 * @param points Number of points it rests on.
 */
export function equivalentDimension(
  estimate: number,
  points: number,
  kind: CloudKind,
): EquivalentDimension {
  const curve = curveAt(points, kind);
  if (curve === undefined) {
    const tabled = tabledPoints(kind);
    return {
      beyondTable: `N = ${points} lies outside ${tabled[0]} to ${tabled.at(-1)} points`,
    };
  }
  const [first, last] = [curve[0]!, curve.at(-1)!];
  const above = curve.findIndex(({ mean }) => mean >= estimate);
  if (above < 0 || !(estimate >= first.mean)) {
    const [side, end] = estimate < first.mean
      ? ["below", first] as const
      : ["above", last] as const;
    return {
      beyondTable:
        `the estimate lies ${side} ${Number(end.mean.toPrecision(3))}, which dimension ` +
        `${end.dimension} gives`,
    };
  }
  const [low, high] = [curve[Math.max(0, above - 1)]!, curve[above]!];
  const share = low === high ? 0 : Math.log(estimate / low.mean) / Math.log(high.mean / low.mean);
  return { dimension: low.dimension * (high.dimension / low.dimension) ** share };
}

/** Mean estimates by ascending dimension at a number of points; undefined outside the table. */
function curveAt(points: number, kind: CloudKind): readonly Calibrated[] | undefined {
  const tabled = tabledPoints(kind);
  const upper = tabled.find((n) => n >= points);
  const lower = tabled.findLast((n) => n <= points);
  if (upper === undefined || lower === undefined) return undefined;
  const share = lower === upper ? 0 : Math.log(points / lower) / Math.log(upper / lower);
  const [few, many] = [rowsOf(lower, kind), rowsOf(upper, kind)];
  return few.map(({ dimension, mean }, at) => ({
    dimension,
    mean: mean + share * (many[at]!.mean - mean),
  }));
}

function tabledPoints(kind: CloudKind): number[] {
  const rows = table.rows.filter((row) => row.kind === kind);
  return [...new Set(rows.map(({ points }) => points))].sort((a, b) => a - b);
}

function rowsOf(points: number, kind: CloudKind): readonly Calibrated[] {
  return table.rows.filter((row) => row.kind === kind && row.points === points)
    .sort((a, b) => a.dimension - b.dimension);
}
