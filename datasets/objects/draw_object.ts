/**
 * An object: a few solids, stretched, turned, joined, coloured and textured at random.
 *
 * @module
 */
import { type RandomStream, randomStream } from "../../harness/base/mod.ts";
import type { Colour } from "./colour.ts";
import { type Solid, SOLIDS } from "./intersect.ts";
import { drawTexture, type Texture } from "./texture.ts";
import {
  between,
  drawDirection,
  drawRotation,
  norm,
  type Rotation,
  scaleAdd,
  scaled,
  type Vector,
} from "./vector.ts";

/** A solid in its place: the points x with R (x - centre) / axes inside the unit solid. */
export interface Part {
  readonly solid: Solid;
  readonly centre: Vector;
  readonly rotation: Rotation;
  /** Stretch along the part's own x, y and z. */
  readonly axes: Vector;
  readonly colour: Colour;
  readonly secondColour: Colour;
  readonly texture: Texture;
}

/**
 * Draws the parts of object `index`; they fit in the unit ball but for some corners.
 *
 * The first part is the largest; each next centre lies at a random distance from half the previous
 * one, so that the parts hold together.
 */
export function drawObject(seed: number, index: number): Part[] {
  const random = randomStream(seed, "objects", index, "parts");
  const count = 3 + random.integer(4);
  const objectHue = random.uniform();
  let centre: Vector = [0, 0, 0];
  const parts = Array.from({ length: count }, (_, at): Part => {
    if (at > 0) {
      centre = scaleAdd(0.5, centre, scaled(between(random, 0.25, 0.6), drawDirection(random)));
    }
    const solid = SOLIDS[random.integer(SOLIDS.length)]!;
    const axes = drawAxes(random, solid);
    return {
      solid,
      centre,
      rotation: drawRotation(random),
      axes: at === 0 ? scaled(1.25, axes) : axes,
      ...drawColours(random, objectHue),
      texture: drawTexture(random),
    };
  });
  return fitted(parts);
}

function drawAxes(random: RandomStream, solid: Solid): Vector {
  const draw = () => Math.exp(between(random, Math.log(0.13), Math.log(0.48)));
  const x = draw(), y = draw(), z = draw();
  return [x, solid === "cylinder" || solid === "cone" ? x : y, z];
}

function drawColours(
  random: RandomStream,
  objectHue: number,
): Pick<Part, "colour" | "secondColour"> {
  const hue = objectHue + between(random, -0.5, 0.5);
  const saturation = between(random, 0.3, 0.95);
  const value = between(random, 0.35, 1);
  return {
    colour: { hue, saturation, value },
    secondColour: {
      hue: hue + between(random, 0.2, 0.8),
      saturation: between(random, 0.1, 0.9),
      value: value > 0.65 ? between(random, 0.1, 0.4) : between(random, 0.7, 1),
    },
  };
}

/** Moves the mean of the centres to the origin and shrinks the whole to about the unit ball. */
function fitted(parts: readonly Part[]): Part[] {
  const sum = parts.reduce<Vector>((total, { centre }) => scaleAdd(1, total, centre), [0, 0, 0]);
  const mean = scaled(1 / parts.length, sum);
  const centred = parts.map((part) => ({ ...part, centre: scaleAdd(-1, mean, part.centre) }));
  const radius = Math.max(
    ...centred.map(({ centre, axes }) => norm(centre) + 1.2 * Math.max(...axes)),
  );
  return centred.map((part) => ({
    ...part,
    centre: scaled(1 / radius, part.centre),
    axes: scaled(1 / radius, part.axes),
  }));
}
