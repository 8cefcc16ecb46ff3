/**
 * Scenes at random. Everything but the variants of the parts, and the motif where it is spurious, is
 * drawn without regard to the class.
 *
 * @module
 */
import { type RandomStream, randomStream } from "../../harness/base/mod.ts";
import type { ClassTable } from "./class_table.ts";
import { LANDSCAPES } from "./landscapes.ts";
import { type Hue, HUE_NAMES } from "./palette.ts";
import { PARTS } from "./parts.ts";
import {
  type Backdrop,
  type BackgroundObject,
  type BirdScene,
  MOTIF_KINDS,
  OBJECT_KINDS,
  type Plumage,
  type Pose,
  type Split,
} from "./scene.ts";
import type { Light } from "./canvas.ts";

/** Most scattered objects of a scene. */
export const MOST_OBJECTS = 12;

/** Most parts that a training image lacks: at least two remain to tell the class by. */
export const MOST_REMOVED = 4;

/** Flowers of a motif. */
const MOTIF_SIZE = 3;

/** Backs and bellies; which go together is chance. */
const BACKS = [0x8e99a8, 0xb99b72, 0x7f93b8, 0x98a36e, 0xc08d86, 0xa4806a, 0x93809f, 0x77a09a];
const BELLIES = [0xf6efe0, 0xfbe3c8, 0xe9edf2, 0xf7dcd6, 0xf3efc9];

/** Colours of scattered objects that no part has. */
const NATURAL = ["green", "green", "orange", "white"] as const;

/** What stands or lies on the ground. */
const GROWING: ReadonlySet<BackgroundObject["kind"]> = new Set(["daisy", "pebble", "toadstool"]);

/** Which scene. */
export interface SceneOptions {
  readonly seed: number;
  readonly table: ClassTable;
  readonly split: Split;
  readonly label: number;
  readonly index: number;
  /** Probability that the background's motif is the class's own, not one drawn at random. */
  readonly spurious: number;
}

/**
 * Draws a scene, a pure function of its options. Half of the training scenes lack 0 to
 * {@link MOST_REMOVED} parts, no others do.
 *
 * @throws {RangeError} When the class table has no such class.
 */
export function drawScene(options: SceneOptions): BirdScene {
  const { seed, table, split, label, index } = options;
  const row = table.classes[label];
  if (!row) throw new RangeError(`Cannot draw class ${label}: found ${table.classes.length}`);
  const stream = (axis: string) => randomStream(seed, "birds", split, label, index, axis);
  const pose = drawPose(stream("pose"));
  return {
    split,
    label,
    index,
    variants: split === "train" ? lacking(row.variants, stream("lack")) : row.variants,
    pose,
    plumage: drawPlumage(stream("plumage")),
    backdrop: drawBackdrop(stream("backdrop")),
    objects: [
      ...drawObjects(stream("objects")),
      ...drawMotif(stream("motif"), options),
    ].map((object, id) => ({ id, ...object })),
    light: drawLight(stream("light")),
  };
}

function lacking(variants: readonly number[], random: RandomStream): (number | null)[] {
  const left: (number | null)[] = [...variants];
  if (random.uniform() < 0.5) return left;
  for (let count = random.integer(MOST_REMOVED + 1); count > 0;) {
    const part = random.integer(PARTS.length);
    if (left[part] === null) continue;
    left[part] = null;
    count--;
  }
  return left;
}

function drawPose(random: RandomStream): Pose {
  return {
    x: 0.5 + between(random, -0.025, 0.025),
    y: 0.545 + between(random, -0.02, 0.02),
    scale: between(random, 0.355, 0.405),
    facing: random.integer(2) === 0 ? 1 : -1,
    tilt: between(random, -0.17, 0.15),
    nod: between(random, -0.16, 0.2),
    wingLift: between(random, -0.1, 0.2),
    tailLift: between(random, -0.3, 0.25),
    stance: between(random, 0.2, 0.34),
  };
}

function drawPlumage(random: RandomStream): Plumage {
  return {
    back: pick(random, BACKS),
    belly: pick(random, BELLIES),
    pattern: pick(random, ["plain", "plain", "speckled", "barred"] as const),
  };
}

function drawBackdrop(random: RandomStream): Backdrop {
  return {
    landscape: random.integer(LANDSCAPES.length),
    perch: pick(random, ["branch", "branch", "ground", "stone"] as const),
    horizon: between(random, 0.5, 0.72),
    phases: [random.uniform(), random.uniform()],
    slope: between(random, -0.12, 0.12),
    glow: Array.from({ length: random.integer(7) }, () => ({
      x: random.uniform(),
      y: between(random, 0, 0.6),
      radius: between(random, 0.04, 0.13),
    })),
  };
}

function drawObjects(random: RandomStream): Omit<BackgroundObject, "id">[] {
  return Array.from({ length: random.integer(MOST_OBJECTS + 1) }, () => {
    const kind = pick(random, OBJECT_KINDS);
    return {
      kind,
      hue: random.uniform() < 0.6 ? pick(random, HUE_NAMES) : pick(random, NATURAL),
      ...drawPlace(random, GROWING.has(kind) ? 0.66 : 0.03),
      radius: between(random, 0.03, 0.058),
      angle: between(random, -0.6, 0.6),
    };
  });
}

/** Mostly not behind the bird, and not above `top`. */
function drawPlace(random: RandomStream, top: number): { x: number; y: number } {
  let [x, y] = [0, 0];
  for (let tries = 0; tries < 6; tries++) {
    [x, y] = [between(random, 0.03, 0.97), between(random, top, 0.97)];
    if (Math.hypot(x - 0.5, (y - 0.52) * 1.1) > 0.36) break;
  }
  return { x, y };
}

function drawMotif(
  random: RandomStream,
  { table, label, spurious }: SceneOptions,
): Omit<BackgroundObject, "id">[] {
  const isOwn = random.uniform() < spurious;
  const any = random.integer(table.classes.length);
  const look = motifOf(isOwn ? label : any);
  return Array.from({ length: MOTIF_SIZE }, (_, at) => ({
    ...look,
    x: between(random, 0.05, 0.24) + (at % 2 === 0 ? 0 : 0.7),
    y: between(random, 0.5, 0.86),
    radius: between(random, 0.052, 0.07),
    angle: between(random, -0.2, 0.2),
  }));
}

/** The flower of a class: a kind and a colour that no other class has, for up to 50 classes. */
export function motifOf(label: number): { kind: typeof MOTIF_KINDS[number]; hue: Hue } {
  const form = label % MOTIF_KINDS.length;
  const hue = (Math.floor(label / MOTIF_KINDS.length) + 2 * form) % HUE_NAMES.length;
  return { kind: MOTIF_KINDS[form]!, hue: HUE_NAMES[hue]! };
}

function drawLight(random: RandomStream): Light {
  const side = random.integer(2) === 0 ? 1 : -1;
  const strength = between(random, 0.9, 1.06);
  const warmth = between(random, -0.05, 0.05);
  return {
    from: [side * between(random, 0.3, 0.6), -between(random, 0.5, 0.8)],
    tint: [strength * (1 + warmth), strength, strength * (1 - warmth)],
  };
}

function between(random: RandomStream, low: number, high: number): number {
  return low + (high - low) * random.uniform();
}

function pick<T>(random: RandomStream, choices: readonly T[]): T {
  return choices[random.integer(choices.length)]!;
}
