/**
 * Colours for activation maps: Turbo (Mikhailov 2019), which runs from blue over green to red as jet does
 * but without jet's false edges, and stays readable for most people who see colours differently.
 *
 * @module
 */

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Coefficients of Turbo's published polynomials of degree 5, constant term first. */
const RED = [0.13572138, 4.6153926, -42.66032258, 132.13108234, -152.94239396, 59.28637943];
const GREEN = [0.09140261, 2.19418839, 4.84296658, -14.18503333, 4.27729857, 2.82956604];
const BLUE = [0.1066733, 12.64194608, -60.58204836, 110.36276771, -89.90310912, 27.34824973];

/** Most that the heat covers of the image. */
const OPACITY = 0.65;

/** The colour of a value; values outside of [0, 1] get that of the nearer end. */
export function heatColour(value: number): Rgb {
  const v = Math.min(1, Math.max(0, value));
  return [levelOf(RED, v), levelOf(GREEN, v), levelOf(BLUE, v)];
}

/**
 * Lays a map over an image. The map is stretched to [0, 1]; the colour covers more of the image where the
 * value is high (0 to 65 %), so that what does not matter keeps looking like itself. A constant map
 * leaves the image as it is.
 *
 * @param pixels Interleaved red, green, blue.
 * @param map One value a pixel.
 * @returns New pixels.
 */
export function overlayHeat(pixels: Uint8Array, map: Float64Array): Uint8Array {
  if (pixels.length !== 3 * map.length) {
    throw new RangeError(`Cannot lay ${map.length} values over ${pixels.length} RGB values`);
  }
  let [low, high] = [Infinity, -Infinity];
  for (const value of map) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(high > low)) return pixels.slice();
  const result = new Uint8Array(pixels.length);
  for (const [at, activation] of map.entries()) {
    const value = (activation - low) / (high - low);
    const cover = OPACITY * value;
    for (const [c, level] of heatColour(value).entries()) {
      result[3 * at + c] = Math.round((1 - cover) * pixels[3 * at + c]! + cover * level);
    }
  }
  return result;
}

function levelOf(coefficients: readonly number[], value: number): number {
  const level = coefficients.reduceRight((sum, coefficient) => sum * value + coefficient, 0);
  return Math.round(255 * Math.min(1, Math.max(0, level)));
}
