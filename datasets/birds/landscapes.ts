/**
 * What lies behind the bird: sky, light out of focus, hills, and what the bird stands on.
 *
 * @module
 */
import type { Canvas } from "./canvas.ts";
import { PICTURE } from "./frame.ts";
import { mixed } from "./palette.ts";
import { BACKGROUND } from "../part_truth.ts";
import { closedCurve, ellipse, type Path, type Point, ribbon } from "./path.ts";
import { Pen } from "./pen.ts";
import type { Backdrop } from "./scene.ts";

/** Colours of a place and an hour. */
interface Landscape {
  readonly sky: number;
  readonly haze: number;
  readonly far: number;
  readonly near: number;
  readonly glow: number;
}

/** By index: meadow, dawn, wood, snow, shore, dusk, heath, rain. */
export const LANDSCAPES: readonly Landscape[] = [
  { sky: 0x9fd3ee, haze: 0xe9f5dd, far: 0xa9cfa0, near: 0x86b872, glow: 0xffffff },
  { sky: 0xf7c9b0, haze: 0xfdeccb, far: 0xd9a58c, near: 0xb98a73, glow: 0xfff1c9 },
  { sky: 0x7fb09a, haze: 0xcfe3bf, far: 0x6f9f80, near: 0x5a8766, glow: 0xe9f7b8 },
  { sky: 0xc3d5e8, haze: 0xf1f5fa, far: 0xb5c7da, near: 0xe3ebf3, glow: 0xffffff },
  { sky: 0x8ecfd9, haze: 0xf6efd6, far: 0x7fbcc4, near: 0xe8d3a0, glow: 0xffffff },
  { sky: 0x8d86b8, haze: 0xf2bda3, far: 0x7d6f9d, near: 0x5f5680, glow: 0xffd9a0 },
  { sky: 0xc9c2e0, haze: 0xf3e4ee, far: 0xb597bd, near: 0x93799f, glow: 0xffe8f4 },
  { sky: 0x95a5b3, haze: 0xd6dcd9, far: 0x8a9c9c, near: 0x71857e, glow: 0xeef5f5 },
];

const SHADOW = 0x1d1830;

/** Sky, lights and hills. */
export function paintLandscape(canvas: Canvas, backdrop: Backdrop): void {
  const { sky, haze, far, near, glow } = LANDSCAPES[backdrop.landscape]!;
  canvas.wash(sky, haze);
  for (const { x, y, radius } of backdrop.glow) {
    canvas.glaze(ellipse(x, y, radius, radius), PICTURE, glow, 0.3);
  }
  const pen = new Pen(canvas, PICTURE, { region: BACKGROUND, ink: 0 });
  const { horizon, phases } = backdrop;
  pen.fill(hills(horizon, 0.05, 1.3, phases[0]), far, { relief: 0.06 });
  pen.fill(
    hills(horizon + 0.12, 0.035, 0.9, phases[1]),
    (_, y) => mixed(near, mixed(near, SHADOW, 0.25), (y - horizon) / (1 - horizon)),
    { relief: 0 },
  );
}

/**
 * Branch, stone or ground.
 *
 * @param feet Where the bird stands, in the picture.
 */
export function paintPerch(canvas: Canvas, backdrop: Backdrop, feet: Point): void {
  const [x, y] = feet;
  const { near } = LANDSCAPES[backdrop.landscape]!;
  const { perch, slope } = backdrop;
  const pen = new Pen(canvas, PICTURE, { region: BACKGROUND, ink: 0.35 });
  if (perch === "branch") {
    const at = (column: number): Point => [column, y + 0.026 + slope * (column - x)];
    pen.fill(
      ribbon([[x - 0.2, y + 0.03], [x - 0.34, y + 0.09], [x - 0.44, y + 0.16]], [
        0.04,
        0.03,
        0.015,
      ]),
      0x6f4f3d,
    );
    pen.fill(
      ribbon([at(-0.1), at(0.3), at(0.7), at(1.1)], [0.085, 0.07, 0.075, 0.05]),
      (px, py) => Math.sin(34 * px + 60 * (py - slope * px)) > 0.82 ? 0x674837 : 0x80604a,
      { relief: 0.35, joined: true },
    );
    return;
  }
  if (perch === "stone") {
    const stone = closedCurve([
      [x - 0.3, y + 0.02],
      [x - 0.16, y - 0.015],
      [x + 0.14, y - 0.012],
      [
        x + 0.3,
        y + 0.03,
      ],
      [x + 0.36, y + 0.2],
      [x - 0.36, y + 0.2],
    ]);
    pen.fill(stone, mixed(0x9b97a3, near, 0.25), { relief: 0.25 });
  } else {
    pen.fill(ground(y - 0.012, slope), mixed(near, SHADOW, 0.16), { relief: 0.05 });
  }
  canvas.glaze(ellipse(x, y + 0.022, 0.21, 0.032), PICTURE, SHADOW, 0.45);
}

function hills(height: number, swing: number, waves: number, phase: number): Path {
  const crest = Array.from({ length: 25 }, (_, at): Point => {
    const x = -0.1 + 1.2 * at / 24;
    const turn = 2 * Math.PI * (waves * x + phase);
    return [x, height + swing * (Math.sin(turn) + 0.4 * Math.sin(2.3 * turn + 1))];
  });
  return [...crest, [1.1, 1.1], [-0.1, 1.1]];
}

function ground(height: number, slope: number): Path {
  const rise = 0.4 * slope;
  return [[-0.1, height - rise / 2], [1.1, height + rise / 2], [1.1, 1.1], [-0.1, 1.1]];
}
