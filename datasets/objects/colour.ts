/**
 * Colours as hue, saturation and value.
 *
 * @module
 */

/** Hue (a turn is 1, any real number), saturation and value in [0, 1]. */
export interface Colour {
  readonly hue: number;
  readonly saturation: number;
  readonly value: number;
}

/** Red, green and blue in [0, 1]. */
export function rgbOf({ hue, saturation, value }: Colour): readonly [number, number, number] {
  const channel = (offset: number) => {
    const k = modulo(offset + 6 * hue, 6);
    return value - value * saturation * Math.max(0, Math.min(k, 4 - k, 1));
  };
  return [channel(5), channel(3), channel(1)];
}

/** Where each name begins on the circle of hues, in degrees. */
const HUES = [
  [0, "red"],
  [16, "orange"],
  [45, "yellow"],
  [70, "green"],
  [160, "teal"],
  [195, "blue"],
  [255, "purple"],
  [295, "pink"],
  [345, "red"],
] as const;

/** A name that a person would use: `red`, `dark blue`, `pale green`. */
export function nameOfColour({ hue, saturation, value }: Colour): string {
  const degrees = 360 * modulo(hue, 1);
  const name = HUES.findLast(([from]) => degrees >= from)![1];
  if (value < 0.55) return name === "orange" ? "brown" : `dark ${name}`;
  return saturation < 0.5 ? `pale ${name}` : name;
}

function modulo(a: number, b: number): number {
  return a - b * Math.floor(a / b);
}
