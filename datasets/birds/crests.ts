/**
 * Crests, in the frame of the head, which covers their lower ends.
 *
 * @module
 */
import { HUES, mixed } from "./palette.ts";
import { closedCurve, ellipse, type Point, ribbon } from "./path.ts";
import type { Sketch } from "./pen.ts";

const PEAK = closedCurve([
  [0.56, -0.58],
  [0.44, -0.82],
  [0.26, -0.98],
  [-0.02, -1.12],
  [
    0.06,
    -0.92,
  ],
  [-0.04, -0.78],
  [0.02, -0.5],
  [0.3, -0.45],
]);
const FAN = [-0.62, -0.32, -0.02, 0.28].map((lean) =>
  ribbon(
    [[0.3 + 0.12 * lean, -0.58], [0.3 + 0.45 * lean, -0.86], [0.3 + 0.85 * lean, -1.12]],
    [0.1, 0.19, 0.03],
  )
);
const PLUMES = [[0.2, 0], [0.36, 0.06]].map(([x, y]) => ({
  stalk: ribbon(
    [[x!, -0.6], [x! - 0.01, -0.9 + y!], [x! + 0.12, -1.03 + y!], [x! + 0.22, -0.98 + y!]],
    [0.06, 0.06, 0.06, 0.06],
  ),
  drop: ellipse(x! + 0.21, -0.95 + y!, 0.12, 0.14, -0.4),
}));
const LUMPS = ([[0.54, -0.68], [0.4, -0.79], [0.23, -0.81], [0.07, -0.73], [-0.03, -0.58], [
  -0.06,
  -0.4,
]] as const).map(([x, y]) => ellipse(x, y, 0.14, 0.14));
const STALKS = ([[0.04, -0.98], [0.3, -1.08], [0.56, -0.98]] as const).map(([x, y]) => ({
  stalk: ribbon([[0.3 + 0.3 * (x - 0.3), -0.6], [x, y]], [0.05, 0.05]),
  bead: ellipse(x, y, 0.095, 0.095),
}));

const fromRoot = (root: Point, length: number, inner: number, outer: number) =>
(
  x: number,
  y: number,
) => mixed(inner, outer, Math.hypot(x - root[0], y - root[1]) / length);

/** By variant. */
export const CRESTS: readonly Sketch[] = [
  (pen) => pen.fill(PEAK, fromRoot([0.4, -0.5], 0.75, HUES.red, 0xa81f3a)),
  (pen) => {
    const paint = fromRoot([0.3, -0.55], 0.6, 0xffe88a, 0xf2b91f);
    for (const plume of FAN) pen.fill(plume, paint);
  },
  (pen) => {
    for (const { stalk, drop } of PLUMES) {
      pen.fill(stalk, "blue", { relief: 0 });
      pen.fill(drop, "blue", { joined: true });
    }
  },
  (pen) => {
    LUMPS.forEach((lump, at) => pen.fill(lump, at % 2 ? 0x9a63cc : HUES.violet));
  },
  (pen) => {
    for (const { stalk } of STALKS) pen.fill(stalk, "black", { relief: 0 });
    for (const { bead } of STALKS) pen.fill(bead, "pink", { relief: 0.5 });
  },
];
