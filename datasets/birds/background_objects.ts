/**
 * Things behind the bird, each in a frame where its radius is 1.
 *
 * @module
 */
import { objectRegion } from "../part_truth.ts";
import type { Canvas } from "./canvas.ts";
import { composed, PICTURE, scaled, turned } from "./frame.ts";
import { HUES, lit, mixed } from "./palette.ts";
import { closedCurve, ellipse, type Path, ribbon } from "./path.ts";
import { Pen } from "./pen.ts";
import type { BackgroundObject } from "./scene.ts";

const LEAF = closedCurve([[-1, 0], [-0.3, -0.45], [0.5, -0.35], [1.1, 0], [0.5, 0.35], [
  -0.3,
  0.45,
]]);
const PEBBLE = closedCurve([[-1, 0.3], [-0.6, -0.5], [0.3, -0.65], [1, -0.1], [0.8, 0.6], [
  -0.5,
  0.65,
]]);
const CAP = closedCurve([[-1, 0], [-0.7, -0.65], [0, -0.95], [0.7, -0.65], [1, 0], [0, 0.16]]);
const CUP = closedCurve([
  [-0.75, -0.9],
  [-0.35, -0.35],
  [0, -1],
  [0.35, -0.35],
  [0.75, -0.9],
  [
    0.75,
    0.2,
  ],
  [0, 0.85],
  [-0.75, 0.2],
], 4);
const BELL = closedCurve([
  [0, -0.95],
  [0.55, -0.6],
  [0.6, 0.2],
  [1, 0.8],
  [0.35, 0.6],
  [0, 0.9],
  [
    -0.35,
    0.6,
  ],
  [-1, 0.8],
  [-0.6, 0.2],
  [-0.55, -0.6],
], 4);

/** Flowers of a motif stand on stems. */
const STEMMED: ReadonlySet<string> = new Set([
  "tulip",
  "sunflower",
  "bluebell",
  "starflower",
  "puff",
]);

function petals(count: number, distance: number, rx: number, ry: number): Path[] {
  return Array.from({ length: count }, (_, at) => {
    const turn = 2 * Math.PI * at / count - Math.PI / 2;
    return ellipse(distance * Math.cos(turn), distance * Math.sin(turn), rx, ry, turn);
  });
}

const DAISY = petals(6, 0.62, 0.42, 0.3);
const SUN = petals(10, 0.68, 0.36, 0.2);
const WINGS = [
  ellipse(-0.5, -0.3, 0.55, 0.5, 0.6),
  ellipse(0.5, -0.3, 0.55, 0.5, -0.6),
  ellipse(-0.38, 0.4, 0.36, 0.4, -0.5),
  ellipse(0.38, 0.4, 0.36, 0.4, 0.5),
];
const STAR: Path = Array.from({ length: 10 }, (_, at) => {
  const turn = Math.PI * at / 5 - Math.PI / 2;
  const reach = at % 2 ? 0.45 : 1.08;
  return [reach * Math.cos(turn), reach * Math.sin(turn)] as const;
});

/** Paints one object. */
export function paintObject(canvas: Canvas, object: BackgroundObject): void {
  const { id, kind, x, y, radius, angle } = object;
  const subject = { region: objectRegion(id), ink: 0.5 };
  if (STEMMED.has(kind)) {
    const stem = ribbon([[x, y], [x + 0.02 * Math.sin(3 * angle), (y + 1.05) / 2], [x, 1.05]], [
      0.018,
      0.022,
    ]);
    new Pen(canvas, PICTURE, subject).fill(stem, 0x5d8f4a, { relief: 0.2 });
  }
  const frame = composed(scaled(radius, radius, [x, y]), turned(angle, [0, 0]));
  sketch(new Pen(canvas, frame, subject), object);
}

function sketch(pen: Pen, { kind, hue }: BackgroundObject): void {
  const colour = HUES[hue];
  const dark = lit(colour, 0.78);
  const together = { joined: true, relief: 0.2 };
  switch (kind) {
    case "berry":
      pen.fill(ellipse(0, 0, 0.8, 0.8), colour, { relief: 0.5 });
      return pen.fill(ellipse(0.25, -0.3, 0.18, 0.18), mixed(colour, 0xffffff, 0.7), together);
    case "leaf":
      pen.fill(LEAF, colour);
      return pen.fill(ribbon([[-0.9, 0], [0.85, 0]], [0.12, 0.05]), dark, together);
    case "daisy":
      DAISY.forEach((petal, at) => pen.fill(petal, colour, { relief: 0.2, joined: at > 0 }));
      return pen.fill(ellipse(0, 0, 0.34, 0.34), hue === "yellow" ? "orange" : "yellow");
    case "pebble":
      return pen.fill(PEBBLE, mixed(colour, 0x8d8a90, 0.35), { relief: 0.4 });
    case "toadstool":
      pen.fill(ribbon([[0, -0.1], [0, 0.95]], [0.45, 0.6]), 0xf0e6d2);
      pen.fill(CAP, colour, { relief: 0.35 });
      pen.fill(ellipse(-0.35, -0.35, 0.17, 0.14), 0xfff8ea, together);
      return pen.fill(ellipse(0.3, -0.5, 0.15, 0.12), 0xfff8ea, together);
    case "butterfly":
      WINGS.forEach((wing, at) => pen.fill(wing, at < 2 ? colour : dark, { joined: at > 0 }));
      return pen.fill(ribbon([[0, -0.6], [0, 0.7]], [0.2, 0.14]), 0x37303f);
    case "tulip":
      return pen.fill(CUP, colour, { relief: 0.35 });
    case "sunflower":
      SUN.forEach((petal, at) => pen.fill(petal, colour, { relief: 0.2, joined: at > 0 }));
      return pen.fill(ellipse(0, 0, 0.45, 0.45), 0x5c4033);
    case "bluebell":
      return pen.fill(BELL, colour, { relief: 0.35 });
    case "starflower":
      pen.fill(STAR, colour, { relief: 0.2 });
      return pen.fill(ellipse(0, 0, 0.22, 0.22), mixed(colour, 0xffffff, 0.75), together);
    case "puff":
      return pen.fill(
        ellipse(0, 0, 0.95, 0.95),
        (px, py) => Math.sin(9 * px) * Math.sin(9 * py) > 0.25 ? 0xffffff : colour,
        { relief: 0.35 },
      );
  }
}
