/**
 * CUB-200-2011's layout in small, for tests.
 *
 * @module
 */
import { encode } from "fast-png";

/** An image of 6 x 4 pixels, left of column 3 of one grey, right of it of another. */
export function halves(left: number, right: number): Uint8Array {
  const data = Uint8Array.from({ length: 24 }, (_, at) => at % 6 < 3 ? left : right);
  return encode({ width: 6, height: 4, channels: 1, depth: 8, data });
}

/** Two classes with two training and two test images each; boxes and two parts. */
export function tinyCub(): Record<string, Uint8Array | string> {
  const paths = [1, 2, 3, 4].flatMap((at) => [`001.Auk/a_${at}.jpg`, `002.Bee_eater/b_${at}.jpg`]);
  const lines = (line: (id: number, at: number) => string) =>
    paths.map((_, at) => `${line(at + 1, at)}\n`).join("");
  return {
    "README": "",
    "classes.txt": "1 001.Auk\n2 002.Bee_eater\n",
    "images.txt": lines((id, at) => `${id} ${paths[at]}`),
    "image_class_labels.txt": lines((id, at) => `${id} ${1 + at % 2}`),
    "train_test_split.txt": lines((id, at) => `${id} ${at < 4 ? 1 : 0}`),
    "bounding_boxes.txt": lines((id) => `${id} 3.0 1.0 3.9 2.0`),
    "parts/parts.txt": "1 beak\n2 left eye\n3 right eye\n",
    "parts/part_locs.txt": lines((id) => `${id} 1 4.5 2.0 1\n${id} 2 0.0 0.0 0\n${id} 3 1.0 2.0 1`),
    ...Object.fromEntries(
      paths.map((path, at) => [`images/${path}`, halves(at, 100 + at)]),
    ),
  };
}
