/**
 * Legs: one of a pair, from the hip at (0, 0) down to the sole.
 *
 * @module
 */
import { HUES } from "./palette.ts";
import { closedCurve, ellipse, ribbon } from "./path.ts";
import type { Sketch } from "./pen.ts";

/** Distance from hip to sole. */
export const LEG_LENGTH = 0.42;

const THIN = {
  shank: ribbon([[0, -0.05], [-0.02, 0.16], [0.01, 0.38]], [0.13, 0.085, 0.08]),
  toes: [
    ribbon([[0, 0.37], [-0.12, 0.41]], [0.075, 0.055]),
    ribbon([[0, 0.37], [0.13, 0.37], [0.21, 0.42]], [0.075, 0.07, 0.05]),
    ribbon([[0, 0.37], [0.06, 0.42], [0.13, 0.45]], [0.075, 0.07, 0.05]),
  ],
};
const WEBBED = {
  shank: ribbon([[0, -0.05], [0, 0.36]], [0.12, 0.085]),
  foot: closedCurve([
    [-0.07, 0.34],
    [0.05, 0.31],
    [0.2, 0.38],
    [0.25, 0.45],
    [0.14, 0.43],
    [
      0.06,
      0.47,
    ],
    [-0.02, 0.43],
    [-0.1, 0.45],
  ]),
};
const TROUSERS = {
  foot: closedCurve([[-0.06, 0.36], [0.04, 0.31], [0.16, 0.38], [0.18, 0.44], [-0.08, 0.44]]),
  tufts: [
    ellipse(-0.05, 0.26, 0.085, 0.1),
    ellipse(0.06, 0.27, 0.085, 0.1),
    ellipse(0, 0.1, 0.15, 0.17),
  ],
};
const STOCKINGS = {
  shank: ribbon([[0, -0.05], [0, 0.36]], [0.13, 0.12]),
  shoe: closedCurve([[-0.08, 0.34], [0.06, 0.32], [0.19, 0.39], [0.2, 0.45], [-0.08, 0.45]]),
};

/** By variant. */
export const LEGS: readonly Sketch[] = [
  (pen) => {
    pen.fill(THIN.shank, "orange");
    for (const toe of THIN.toes) pen.fill(toe, "orange", { joined: true, relief: 0 });
  },
  (pen) => {
    pen.fill(WEBBED.shank, "red");
    pen.fill(WEBBED.foot, "red", { joined: true });
  },
  (pen) => {
    pen.fill(TROUSERS.foot, "yellow");
    for (const tuft of TROUSERS.tufts) pen.fill(tuft, "white", { relief: 0.2 });
  },
  (pen) => {
    const bands = (_: number, y: number) =>
      Math.floor((y + 1) / 0.075) % 2 ? HUES.white : HUES.blue;
    pen.fill(STOCKINGS.shank, bands, { relief: 0.15 });
    pen.fill(STOCKINGS.shoe, "black");
  },
];
