/**
 * Bicubic upsampling of an activation map to the image, as OpenCV's INTER_CUBIC does it: Keys' kernel
 * with a = -0.75, pixel centres at halves, the border replicated.
 *
 * @module
 */

/** Keys' parameter in OpenCV and PyTorch. */
const A = -0.75;

/** The four inputs of one output along an axis, and their weights. */
interface Taps {
  readonly at: Int32Array;
  readonly weights: Float64Array;
}

/**
 * @param map rows x columns values, row by row.
 * @param target Receives height x width values; made when absent.
 */
export function upsampleBicubic(
  map: ArrayLike<number>,
  rows: number,
  columns: number,
  height: number,
  width: number,
  target: Float64Array = new Float64Array(height * width),
): Float64Array {
  const across = tapsOf(columns, width);
  const down = tapsOf(rows, height);
  const wide = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let tap = 4 * x; tap < 4 * x + 4; tap++) {
        sum += map[row * columns + across.at[tap]!]! * across.weights[tap]!;
      }
      wide[row * width + x] = sum;
    }
  }
  target.fill(0);
  for (let y = 0; y < height; y++) {
    for (let tap = 4 * y; tap < 4 * y + 4; tap++) {
      const row = down.at[tap]! * width;
      const weight = down.weights[tap]!;
      for (let x = 0; x < width; x++) target[y * width + x]! += wide[row + x]! * weight;
    }
  }
  return target;
}

function tapsOf(from: number, to: number): Taps {
  const at = new Int32Array(4 * to);
  const weights = new Float64Array(4 * to);
  for (let out = 0; out < to; out++) {
    const place = (out + 0.5) * from / to - 0.5;
    const first = Math.floor(place);
    const t = place - first;
    for (let tap = 0; tap < 4; tap++) {
      at[4 * out + tap] = Math.min(from - 1, Math.max(0, first - 1 + tap));
      weights[4 * out + tap] = kernel(Math.abs(t + 1 - tap));
    }
  }
  return { at, weights };
}

/** Keys 1981, equation 4, at a distance of 0 to 2 pixels. */
function kernel(distance: number): number {
  if (distance <= 1) return ((A + 2) * distance - (A + 3)) * distance ** 2 + 1;
  return ((A * distance - 5 * A) * distance + 8 * A) * distance - 4 * A;
}
