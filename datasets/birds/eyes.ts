/**
 * Eyes with what surrounds them, in the frame of the head.
 *
 * @module
 */
import { HUES } from "./palette.ts";
import { closedCurve, ellipse, ribbon } from "./path.ts";
import type { Pen, Sketch } from "./pen.ts";

const [X, Y] = [0.4, -0.47];
const MASK = ribbon([[0.6, -0.43], [0.42, -0.47], [0.24, -0.46], [0.04, -0.36]], [
  0.14,
  0.27,
  0.22,
  0.03,
]);
const DROP = closedCurve([
  [X, Y - 0.16],
  [X + 0.15, Y - 0.05],
  [X + 0.13, Y + 0.1],
  [
    X - 0.02,
    Y + 0.17,
  ],
  [X - 0.14, Y + 0.3],
  [X - 0.16, Y + 0.06],
  [X - 0.13, Y - 0.1],
]);

/** Pupil with a spark of light. */
function bead(pen: Pen, radius: number, x = X): void {
  pen.fill(ellipse(x, Y, radius, radius), "black", { relief: 0 });
  pen.fill(
    ellipse(x + 0.38 * radius, Y - 0.38 * radius, 0.36 * radius, 0.36 * radius),
    "white",
    { relief: 0, joined: true },
  );
}

/** By variant. */
export const EYES: readonly Sketch[] = [
  (pen) => {
    pen.fill(ellipse(X, Y, 0.16, 0.16), "white", { relief: 0.1 });
    bead(pen, 0.095);
  },
  (pen) => {
    pen.fill(MASK, "black", { relief: 0.1 });
    pen.fill(ellipse(X, Y, 0.095, 0.095), "white", { relief: 0, joined: true });
    pen.fill(ellipse(X + 0.015, Y, 0.05, 0.05), "black", { relief: 0, joined: true });
  },
  (pen) => {
    pen.fill(DROP, "red", { relief: 0.25 });
    bead(pen, 0.085);
  },
  (pen) => {
    const iris = (_: number, y: number) => y < Y - 0.025 ? HUES.blue : HUES.yellow;
    pen.fill(ellipse(X, Y, 0.16, 0.16), iris, { relief: 0.15 });
    const pupil = (_: number, y: number) => y < Y - 0.025 ? HUES.blue : HUES.black;
    pen.fill(ellipse(X + 0.01, Y + 0.01, 0.08, 0.08), pupil, { relief: 0, joined: true });
  },
];
