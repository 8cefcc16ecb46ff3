/**
 * Beaks, in the frame of the head of a bird that looks to the right.
 *
 * @module
 */
import { HUES } from "./palette.ts";
import { closedCurve, ellipse, ribbon } from "./path.ts";
import type { Sketch } from "./pen.ts";

const CONE_LOWER = closedCurve([[0.5, -0.4], [0.66, -0.4], [0.82, -0.36], [0.68, -0.27], [
  0.52,
  -0.25,
]]);
const CONE_UPPER = closedCurve([[0.52, -0.59], [0.68, -0.56], [0.82, -0.46], [0.91, -0.35], [
  0.74,
  -0.37,
], [0.5, -0.38]]);
const DAGGER_LOWER = closedCurve([[0.5, -0.41], [0.8, -0.4], [1.08, -0.37], [0.8, -0.32], [
  0.5,
  -0.29,
]]);
const DAGGER_UPPER = closedCurve([[0.5, -0.56], [0.72, -0.5], [1.16, -0.38], [0.8, -0.38], [
  0.5,
  -0.39,
]]);
const HOOK_LOWER = closedCurve([[0.5, -0.38], [0.66, -0.37], [0.76, -0.31], [0.68, -0.23], [
  0.52,
  -0.25,
]]);
const HOOK_UPPER = closedCurve([
  [0.5, -0.63],
  [0.68, -0.65],
  [0.86, -0.56],
  [0.94, -0.38],
  [
    0.9,
    -0.17,
  ],
  [0.82, -0.3],
  [0.74, -0.37],
  [0.5, -0.36],
]);
const HUGE_LOWER = closedCurve([[0.5, -0.37], [0.78, -0.39], [1.06, -0.36], [0.84, -0.25], [
  0.52,
  -0.22,
]]);
const HUGE_UPPER = closedCurve([
  [0.48, -0.64],
  [0.72, -0.7],
  [0.98, -0.62],
  [1.14, -0.42],
  [
    1.14,
    -0.27,
  ],
  [1.02, -0.37],
  [0.76, -0.38],
  [0.5, -0.35],
]);
const SPOON = [
  ribbon([[0.5, -0.42], [0.72, -0.42], [0.95, -0.38]], [0.18, 0.1, 0.1]),
  ellipse(1.02, -0.36, 0.15, 0.115, 0.2),
] as const;

function bands(x: number): number {
  return x < 0.68 ? HUES.yellow : x < 0.84 ? HUES.orange : x < 1 ? HUES.red : HUES.black;
}

/** By variant. */
export const BEAKS: readonly Sketch[] = [
  (pen) => {
    pen.fill(CONE_LOWER, 0xd9701c);
    pen.fill(CONE_UPPER, "orange");
  },
  (pen) => {
    pen.fill(DAGGER_LOWER, 0x1f1d28);
    pen.fill(DAGGER_UPPER, 0x3d3a4a, { relief: 0.5 });
  },
  (pen) => {
    pen.fill(HOOK_LOWER, 0xd9a92a);
    pen.fill(HOOK_UPPER, "yellow");
  },
  (pen) => {
    pen.fill(HUGE_LOWER, bands);
    pen.fill(HUGE_UPPER, bands);
  },
  (pen) => {
    pen.fill(SPOON[0], "teal");
    pen.fill(SPOON[1], "teal", { joined: true });
  },
];
