/**
 * A view: where the camera stands, how large the object appears and how it is lit.
 *
 * @module
 */
import { randomStream } from "../../harness/base/mod.ts";
import {
  between,
  composed,
  drawDirection,
  norm,
  type Rotation,
  scaleAdd,
  scaled,
  type Vector,
} from "./vector.ts";

/** The camera's frame has x to the right, y up and z from the object to the camera. */
export interface View {
  /** From the object's frame to the camera's. */
  readonly rotation: Rotation;
  /** Size of the object, about 1. */
  readonly scale: number;
  /** To the right and up, in half-widths of the image. */
  readonly shift: readonly [number, number];
  /** To the light, of unit length, in the camera's frame. */
  readonly light: Vector;
  /** Intensity of the light in red, green and blue. */
  readonly intensity: Vector;
}

/**
 * Draws view `index` of `views`: the views go once around the object, one in each equal sector.
 *
 * @param object Index of the object, part of the stream's name.
 */
export function drawView(seed: number, object: number, index: number, views: number): View {
  const random = randomStream(seed, "objects", object, "view", index);
  const azimuth = 2 * Math.PI * (index + random.uniform()) / views;
  const elevation = 0.35 + between(random, -0.6, 0.6);
  const roll = between(random, -0.3, 0.3);
  const scale = Math.exp(between(random, -0.15, 0.15));
  const shift = [between(random, -0.1, 0.1), between(random, -0.1, 0.1)] as const;
  const light = scaleAdd(0.7, drawDirection(random), [-0.4, 0.6, 0.75]);
  const intensity = Math.exp(between(random, -0.3, 0.3));
  const channel = () => intensity * Math.exp(0.05 * random.normal());
  return {
    rotation: composed(aroundZ(roll), composed(aroundX(elevation), aroundY(azimuth))),
    scale,
    shift,
    light: scaled(1 / norm(light), light),
    intensity: [channel(), channel(), channel()],
  };
}

function aroundX(angle: number): Rotation {
  const c = Math.cos(angle), s = Math.sin(angle);
  return [[1, 0, 0], [0, c, -s], [0, s, c]];
}

function aroundY(angle: number): Rotation {
  const c = Math.cos(angle), s = Math.sin(angle);
  return [[c, 0, s], [0, 1, 0], [-s, 0, c]];
}

function aroundZ(angle: number): Rotation {
  const c = Math.cos(angle), s = Math.sin(angle);
  return [[c, -s, 0], [s, c, 0], [0, 0, 1]];
}
