/**
 * Colours as packed integers 0xRRGGBB, and how to mix and light them.
 *
 * @module
 */

/** Colours that parts are painted in, and background objects too. */
export const HUES = {
  red: 0xd93a3f,
  orange: 0xf28a2a,
  yellow: 0xf8cd3d,
  green: 0x3f9d57,
  teal: 0x22a7a4,
  blue: 0x2f66cc,
  violet: 0x8149b4,
  pink: 0xf27fae,
  black: 0x2c2a35,
  white: 0xf9f5ec,
} as const;

/** Name of a part colour. */
export type Hue = keyof typeof HUES;

/** The part colours in a fixed order. */
export const HUE_NAMES = Object.keys(HUES) as readonly Hue[];

/** `a` for weight 0, `b` for weight 1; weights outside [0, 1] are clipped. */
export function mixed(a: number, b: number, weight: number): number {
  const w = weight < 0 ? 0 : weight > 1 ? 1 : weight;
  const red = (a >> 16 & 255) + w * ((b >> 16 & 255) - (a >> 16 & 255));
  const green = (a >> 8 & 255) + w * ((b >> 8 & 255) - (a >> 8 & 255));
  const blue = (a & 255) + w * ((b & 255) - (a & 255));
  return (red + 0.5) << 16 | (green + 0.5) << 8 | (blue + 0.5);
}

/** A colour in light of intensity `factor`, clipped. */
export function lit(colour: number, factor: number): number {
  const red = (colour >> 16 & 255) * factor + 0.5;
  const green = (colour >> 8 & 255) * factor + 0.5;
  const blue = (colour & 255) * factor + 0.5;
  return (red > 255 ? 255 : red) << 16 | (green > 255 ? 255 : green) << 8 |
    (blue > 255 ? 255 : blue);
}
