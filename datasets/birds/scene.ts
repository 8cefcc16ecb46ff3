/**
 * A scene: everything that decides the pixels of one picture of a bird, as a plain value.
 *
 * @module
 */
import type { Light } from "./canvas.ts";
import type { Hue } from "./palette.ts";

/** Streams of scenes that never share one. */
export const SPLITS = ["train", "validation", "test"] as const;

/** Name of a stream of scenes. */
export type Split = typeof SPLITS[number];

/** How the bird stands. Lengths are in images, angles in radians. */
export interface Pose {
  readonly x: number;
  readonly y: number;
  /** Half the length of the trunk. */
  readonly scale: number;
  /** 1 looks to the right, -1 to the left. */
  readonly facing: 1 | -1;
  readonly tilt: number;
  readonly nod: number;
  readonly wingLift: number;
  readonly tailLift: number;
  /** Distance of the feet from each other, in trunks. */
  readonly stance: number;
}

/** Plumage of the trunk, which tells nothing about the class. */
export interface Plumage {
  /** Packed colours. */
  readonly back: number;
  readonly belly: number;
  readonly pattern: "plain" | "speckled" | "barred";
}

/** What is far behind the bird, and what it stands on. */
export interface Backdrop {
  /** Index into the landscapes. */
  readonly landscape: number;
  readonly perch: "branch" | "ground" | "stone";
  /** Height of the hills from the top, in images, and their phases. */
  readonly horizon: number;
  readonly phases: readonly [number, number];
  /** Slope of the branch. */
  readonly slope: number;
  /** Discs of light out of focus. */
  readonly glow: readonly { readonly x: number; readonly y: number; readonly radius: number }[];
}

/** Shapes of background objects: scattered ones, then those of the motif. */
export const OBJECT_KINDS = ["berry", "leaf", "daisy", "pebble", "toadstool", "butterfly"] as const;
export const MOTIF_KINDS = ["tulip", "sunflower", "bluebell", "starflower", "puff"] as const;

/** Something behind the bird. */
export interface BackgroundObject {
  /** Stays the same when other objects are removed; its region is `objectRegion(id)`. */
  readonly id: number;
  readonly kind: typeof OBJECT_KINDS[number] | typeof MOTIF_KINDS[number];
  readonly hue: Hue;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly angle: number;
}

/** A picture of a bird before it is painted. */
export interface BirdScene {
  readonly split: Split;
  readonly label: number;
  readonly index: number;
  /** Of each part, in the order of `PARTS`; null where the bird lacks it. */
  readonly variants: readonly (number | null)[];
  readonly pose: Pose;
  readonly plumage: Plumage;
  readonly backdrop: Backdrop;
  readonly objects: readonly BackgroundObject[];
  readonly light: Light;
}
