/**
 * Points on manifolds of known dimension, to see what estimators make of them.
 *
 * @module
 */
import type { RandomStream } from "../base/mod.ts";

/** The families of manifolds. */
export type ManifoldKind = "gaussian" | "hypercube" | "sphere" | "swiss_roll" | "torus";

/** One manifold; `swiss_roll` has dimension 2 only. */
export interface Manifold {
  readonly kind: ManifoldKind;
  readonly dimension: number;
}

/** A family: how many coordinates embed dimension d, and how one point is drawn. */
interface Family {
  readonly coordinates: (dimension: number) => number;
  readonly draw: (dimension: number, random: RandomStream) => number[];
}

const FAMILIES: Readonly<Record<ManifoldKind, Family>> = {
  gaussian: {
    coordinates: (d) => d,
    draw: (d, random) => Array.from({ length: d }, () => random.normal()),
  },
  hypercube: {
    coordinates: (d) => d,
    draw: (d, random) => Array.from({ length: d }, () => random.uniform()),
  },
  /** Uniform on the unit sphere around the origin. */
  sphere: {
    coordinates: (d) => d + 1,
    draw(d, random) {
      const point = Array.from({ length: d + 1 }, () => random.normal());
      const norm = Math.hypot(...point);
      return point.map((value) => value / norm);
    },
  },
  /** (t cos t, 21 u, t sin t), t = 1.5 pi (1 + 2 v): scikit-learn's make_swiss_roll. */
  swiss_roll: {
    coordinates: () => 3,
    draw(_, random) {
      const t = 1.5 * Math.PI * (1 + 2 * random.uniform());
      return [t * Math.cos(t), 21 * random.uniform(), t * Math.sin(t)];
    },
  },
  /** d angles on d circles: flat, and without a boundary. */
  torus: {
    coordinates: (d) => 2 * d,
    draw: (d, random) =>
      Array.from({ length: d }, () => 2 * Math.PI * random.uniform())
        .flatMap((angle) => [Math.cos(angle), Math.sin(angle)]),
  },
};

/** Points in the coordinates that embed them. */
export interface Cloud {
  /** points x coordinates, row-major. */
  readonly values: Float64Array;
  readonly points: number;
  readonly coordinates: number;
}

/** Draws independent points. */
export function drawCloud(
  { kind, dimension }: Manifold,
  points: number,
  random: RandomStream,
): Cloud {
  const { coordinates, draw } = FAMILIES[kind];
  const width = coordinates(dimension);
  const values = new Float64Array(points * width);
  for (let i = 0; i < points; i++) values.set(draw(dimension, random), i * width);
  return { values, points, coordinates: width };
}
