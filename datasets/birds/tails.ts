/**
 * Tails, in the frame of the body, which covers their roots.
 *
 * @module
 */
import { HUES } from "./palette.ts";
import { ellipse, type Path, type Point, ribbon } from "./path.ts";
import type { Sketch } from "./pen.ts";

const ROOT: Point = [-0.5, 0.2];

/** A place at a distance from the root; angle 0 points away from the bird, positive angles up. */
function away(angle: number, distance: number): Point {
  return [ROOT[0] - distance * Math.cos(angle), ROOT[1] - distance * Math.sin(angle)];
}

const FAN_ANGLES = [0.62, -0.62, 0.32, -0.32, 0];
const FAN: readonly Path[] = FAN_ANGLES.map((angle) =>
  ribbon([away(angle, 0), away(angle, 0.36), away(angle, 0.58), away(angle, 0.66)], [
    0.12,
    0.2,
    0.24,
    0.08,
  ])
);
const EYESPOTS = FAN_ANGLES.map((angle) => {
  const [x, y] = away(angle, 0.55);
  return { ring: ellipse(x, y, 0.09, 0.09), dot: ellipse(x, y, 0.045, 0.045) };
});
const FORK: readonly Path[] = [
  ribbon([away(0, 0), away(0.24, 0.36), away(0.5, 0.78)], [0.24, 0.19, 0.02]),
  ribbon([away(0, 0), away(-0.3, 0.36), away(-0.58, 0.78)], [0.24, 0.19, 0.02]),
];
const WIRES = [0.34, -0.3].map((angle) => ({
  wire: ribbon([away(0, 0), away(0.7 * angle, 0.3), away(angle, 0.6)], [0.16, 0.07, 0.055]),
  disc: ellipse(...away(angle, 0.63), 0.14, 0.12, angle),
}));
const BANDED = ribbon([away(0, -0.05), away(-0.06, 0.3), away(-0.06, 0.68)], [0.28, 0.27, 0.3]);

function distance(x: number, y: number): number {
  return Math.hypot(x - ROOT[0], y - ROOT[1]);
}

/** By variant. */
export const TAILS: readonly Sketch[] = [
  (pen) => {
    const paint = (x: number, y: number) => {
      const place = distance(x, y);
      return place > 0.44 && place < 0.57 ? HUES.black : HUES.orange;
    };
    for (const feather of FAN) pen.fill(feather, paint);
  },
  (pen) => {
    FAN.forEach((feather, at) => {
      pen.fill(feather, "teal");
      pen.fill(EYESPOTS[at]!.ring, "yellow", { joined: true, relief: 0.1 });
      pen.fill(EYESPOTS[at]!.dot, "blue", { joined: true, relief: 0 });
    });
  },
  (pen) => {
    for (const prong of FORK) pen.fill(prong, "blue");
  },
  (pen) => {
    const paint = (x: number, y: number) => distance(x, y) > 0.46 ? HUES.white : HUES.pink;
    for (const prong of FORK) pen.fill(prong, paint);
  },
  (pen) => {
    for (const { wire, disc } of WIRES) {
      pen.fill(wire, "green");
      pen.fill(disc, "yellow");
    }
  },
  (pen) =>
    pen.fill(
      BANDED,
      (x, y) => Math.floor((distance(x, y) + 1) / 0.115) % 2 ? HUES.black : HUES.white,
    ),
];
