/**
 * The bird: trunk and parts, from those behind to those in front.
 *
 * @module
 */
import { BODY, partRegion } from "../part_truth.ts";
import { BEAKS } from "./beaks.ts";
import type { Canvas } from "./canvas.ts";
import { CRESTS } from "./crests.ts";
import { EYES } from "./eyes.ts";
import { composed, type Frame, placed, scaled, turned } from "./frame.ts";
import { LEG_LENGTH, LEGS } from "./legs.ts";
import { lit, mixed } from "./palette.ts";
import { type Part, PARTS } from "./parts.ts";
import { closedCurve, ellipse, type Path, type Point } from "./path.ts";
import { Pen, type Sketch } from "./pen.ts";
import type { BirdScene, Plumage, Pose } from "./scene.ts";
import { TAILS } from "./tails.ts";
import { WING_SHADOW, WINGS } from "./wings.ts";

const SKETCHES: Readonly<Record<Part, readonly Sketch[]>> = {
  beak: BEAKS,
  eye: EYES,
  crest: CRESTS,
  wing: WINGS,
  tail: TAILS,
  leg: LEGS,
};

/** Where the head, the tail and the wing turn. */
const NECK: Point = [0.24, -0.22];
const RUMP: Point = [-0.5, 0.2];
const SHOULDER: Point = [0.2, -0.08];

/** Between the hips, and how far each is from there. */
const HIPS: Point = [0.0, 0.44];

const HEAD: readonly Point[] = [[0.63, -0.4], [0.57, -0.62], [0.36, -0.75], [0.13, -0.66], [
  0.0,
  -0.44,
]];
const TRUNK: readonly Point[] = [
  [-0.14, -0.22],
  [-0.4, -0.06],
  [-0.62, 0.1],
  [-0.66, 0.26],
  [
    -0.48,
    0.38,
  ],
  [-0.2, 0.49],
  [0.12, 0.52],
  [0.4, 0.4],
  [0.57, 0.16],
  [0.59, -0.1],
];
const SHADOW = 0x231a33;

/** Frames of a bird's movable pieces. */
interface Skeleton {
  readonly body: Frame;
  readonly head: Frame;
  readonly wing: Frame;
  readonly tail: Frame;
  /** Far leg, near leg: these stay upright. */
  readonly legs: readonly [Frame, Frame];
}

function skeletonOf(pose: Pose): Skeleton {
  const { x, y, scale, facing, tilt, nod, wingLift, tailLift, stance } = pose;
  const upright = scaled(facing * scale, scale, [x, y]);
  const body = composed(upright, turned(tilt, [0, 0]));
  const hip = (offset: number) => {
    const [hx, hy] = placed(turned(tilt, [0, 0]), [HIPS[0] + offset, HIPS[1]]);
    return composed(upright, scaled(1, 1, [hx, hy]));
  };
  return {
    body,
    head: composed(body, turned(nod, NECK)),
    wing: composed(body, turned(wingLift, SHOULDER)),
    tail: composed(body, turned(tailLift, RUMP)),
    legs: [hip(-stance / 2), hip(stance / 2)],
  };
}

/** Where the bird stands, in the picture. */
export function feetOf(pose: Pose): Point {
  const [far, near] = skeletonOf(pose).legs.map((leg) => placed(leg, [0.04, LEG_LENGTH]));
  return [(far![0] + near![0]) / 2, Math.max(far![1], near![1])];
}

/** Paints the bird of a scene. */
export function paintBird(canvas: Canvas, { variants, pose, plumage }: BirdScene): void {
  const skeleton = skeletonOf(pose);
  const draw = (part: Part, frame: Frame) => {
    const at = PARTS.indexOf(part);
    const variant = variants[at];
    if (variant === null || variant === undefined) return;
    SKETCHES[part][variant]!(new Pen(canvas, frame, { region: partRegion(at), ink: 1, part: at }));
  };
  draw("tail", skeleton.tail);
  for (const leg of skeleton.legs) draw("leg", leg);
  draw("crest", skeleton.head);
  const trunk = new Pen(canvas, skeleton.body, { region: BODY, ink: 1 });
  trunk.fill(silhouette(pose.nod), plumagePaint(plumage), { relief: 0.3 });
  canvas.glaze(ellipse(0.47, -0.27, 0.11, 0.075), skeleton.head, 0xff8f86, 0.4, BODY);
  if (variants[PARTS.indexOf("wing")] !== null) {
    canvas.glaze(WING_SHADOW, skeleton.wing, SHADOW, 0.3, BODY);
  }
  draw("wing", skeleton.wing);
  draw("beak", skeleton.head);
  draw("eye", skeleton.head);
}

/** Outline of head and trunk; the head turns with the nod. */
function silhouette(nod: number): Path {
  const turn = turned(nod, NECK);
  return closedCurve([...HEAD.map((point) => placed(turn, point)), ...TRUNK]);
}

function plumagePaint({ back, belly, pattern }: Plumage) {
  const accent = lit(back, 0.8);
  return (x: number, y: number): number => {
    const height = y - 0.35 * x;
    const base = mixed(back, belly, (height + 0.12) / 0.3);
    if (height < 0.05 || pattern === "plain") return base;
    const isMarked = pattern === "barred"
      ? (height + 1) / 0.105 % 1 < 0.32
      : Math.sin(26 * x) * Math.sin(26 * y) > 0.72;
    return isMarked ? mixed(base, accent, 0.7) : base;
  };
}
