/**
 * Folded wings, in the frame of the body.
 *
 * @module
 */
import { HUES, mixed } from "./palette.ts";
import { closedCurve, ellipse, type Path, type Point, ribbon } from "./path.ts";
import type { Sketch } from "./pen.ts";

const ROUND = closedCurve([
  [0.3, -0.06],
  [0.27, 0.12],
  [0.1, 0.29],
  [-0.18, 0.37],
  [-0.48, 0.37],
  [
    -0.6,
    0.27,
  ],
  [-0.48, 0.1],
  [-0.24, -0.1],
  [0.04, -0.2],
  [0.22, -0.18],
]);
const POINTED = closedCurve([
  [0.3, -0.06],
  [0.26, 0.12],
  [0.08, 0.26],
  [-0.24, 0.31],
  [
    -0.56,
    0.36,
  ],
  [-0.92, 0.44],
  [-0.66, 0.22],
  [-0.42, 0.02],
  [-0.16, -0.14],
  [0.1, -0.2],
  [0.24, -0.17],
]);

/** Shadow that any wing throws on the body. */
export const WING_SHADOW: Path = ROUND.map(([x, y]) => [x * 1.06 - 0.02, y * 1.06 + 0.06]);

/** Places of dots on the round wing. */
const SPOTS = ([
  [0.18, -0.06],
  [-0.02, -0.05],
  [0.1, 0.12],
  [-0.12, 0.11],
  [-0.25, -0.01],
  [
    -0.07,
    0.27,
  ],
  [-0.29, 0.24],
  [-0.42, 0.12],
  [-0.47, 0.29],
] as const).map(([x, y]) => ellipse(x, y, 0.066, 0.066));

/** Rows of feathers from the tip to the shoulder. */
const ROWS: readonly (readonly Path[])[] = [
  feathers([[-0.2, 0.05], [-0.13, 0.14], [-0.04, 0.22]], 0.62, [0.42, 0.3, 0.16]),
  feathers([[-0.02, -0.05], [0.02, 0.06], [0.09, 0.15]], 0.44, [0.5, 0.36, 0.2]),
  [closedCurve([[0.31, -0.04], [0.26, 0.13], [0.1, 0.2], [-0.08, 0.12], [-0.1, -0.06], [
    0.06,
    -0.19,
  ], [0.22, -0.17]])],
];

function feathers(roots: readonly Point[], length: number, drops: readonly number[]): Path[] {
  return roots.map(([x, y], at) => {
    const [dx, dy] = [-Math.cos(drops[at]!) * length, Math.sin(drops[at]!) * length];
    return ribbon(
      [[x, y], [x + 0.4 * dx, y + 0.4 * dy], [x + 0.8 * dx, y + 0.8 * dy], [x + dx, y + dy]],
      [0.18, 0.22, 0.17, 0.04],
    );
  });
}

/** Distance from the shoulder towards the tip. */
function along(x: number, y: number): number {
  return (0.28 - x) * 0.9 + (y + 0.1) * 0.42;
}

const layered = (colours: readonly [number, number, number]): Sketch => (pen) =>
  ROWS.forEach((row, at) => {
    for (const feather of row) pen.fill(feather, colours[at]!, { relief: 0.25 });
  });

/** By variant. */
export const WINGS: readonly Sketch[] = [
  (pen) =>
    pen.fill(ROUND, (x, y) => {
      const place = along(x, y);
      const isBar = place > 0.3 && place < 0.4 || place > 0.56 && place < 0.66;
      return isBar ? HUES.white : mixed(0x3a74dc, 0x2450a4, place);
    }),
  (pen) => {
    pen.fill(ROUND, "white");
    for (const spot of SPOTS) pen.fill(spot, "black", { relief: 0.1, joined: true });
  },
  (pen) =>
    pen.fill(POINTED, (x, y) => {
      const edge = 0.1 + 0.2 * Math.max(0, 0.3 - x) - Math.max(0, 0.8 * (x - 0.06));
      return y > edge ? HUES.yellow : mixed(HUES.red, 0xb32332, along(x, y));
    }),
  (pen) =>
    pen.fill(POINTED, (x, y) => {
      const across = y + 0.36 * x + 0.02 + 0.25 * x * x;
      return Math.abs((across + 1) / 0.15 % 1 - 0.5) < 0.2 ? 0xdcefb4 : HUES.green;
    }),
  layered([0x6d37a6, 0xa862c4, HUES.pink]),
  layered([HUES.black, HUES.white, HUES.orange]),
];
