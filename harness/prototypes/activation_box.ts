/**
 * The box around what activates a prototype most (Chen et al. 2019, section 2.4; the authors' helpers.py).
 *
 * @module
 */
import { type Box, tightBox } from "./box.ts";
import { percentile } from "./percentile.ts";

/** Share of the pixels that the box does not have to hold. */
export const BOX_PERCENTILE = 0.95;

/** Which pixels the box holds. */
export interface ActivationBoxOptions {
  /**
   * `all`, the authors' rule: every pixel from the percentile on; two distant blobs give one huge box.
   * `largest`: only the largest connected blob of them, diagonal neighbours included; of equal ones the
   * first row by row. Default: `all`.
   */
  readonly blobs?: "all" | "largest";
}

/**
 * Tight bounds of the pixels at or above the 95th percentile of an upsampled map.
 *
 * @param map height x width values, row by row, none of them NaN.
 */
export function activationBox(
  map: Float64Array,
  width: number,
  height: number,
  { blobs = "all" }: ActivationBoxOptions = {},
): Box {
  const threshold = percentile(map, BOX_PERCENTILE);
  const kept = Uint8Array.from(map, (value) => value >= threshold ? 1 : 0);
  const marked = blobs === "all" ? kept : largestBlob(kept, width, height);
  const box = tightBox(width, height, (at) => marked[at] === 1);
  if (box === undefined) throw new RangeError("Cannot give a box: the map holds NaN");
  return box;
}

/** Marks the largest 8-connected set of the marked pixels. */
function largestBlob(marked: Uint8Array, width: number, height: number): Uint8Array {
  const seen = new Uint8Array(marked.length);
  let largest: number[] = [];
  for (let start = 0; start < marked.length; start++) {
    if (marked[start] === 0 || seen[start] === 1) continue;
    const blob = [start];
    seen[start] = 1;
    for (let next = 0; next < blob.length; next++) {
      for (const at of neighbours(blob[next]!, width, height)) {
        if (marked[at] === 0 || seen[at] === 1) continue;
        seen[at] = 1;
        blob.push(at);
      }
    }
    if (blob.length > largest.length) largest = blob;
  }
  const result = new Uint8Array(marked.length);
  for (const at of largest) result[at] = 1;
  return result;
}

function* neighbours(at: number, width: number, height: number): Generator<number> {
  const [x, y] = [at % width, Math.floor(at / width)];
  for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
    for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
      yield row * width + column;
    }
  }
}
