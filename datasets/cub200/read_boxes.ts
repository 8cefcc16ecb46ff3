/**
 * The bounding boxes of CUB-200-2011.
 *
 * @module
 */
import { RunError } from "../../harness/base/mod.ts";
import type { CropBox } from "../photographs/mod.ts";
import { numberIn, readTable, type Row } from "./read_table.ts";
import { rowOfEach } from "./rows_by_id.ts";

/**
 * The box of each image, its corner and its sides truncated to whole pixels; undefined without the file.
 *
 * @param images Lines of `images.txt` by image id.
 * @throws {RunError} Naming the line, when a box is empty or begins outside, or is missing.
 */
export async function readBoxes(
  folder: string,
  images: ReadonlyMap<number, Row>,
): Promise<Map<number, CropBox> | undefined> {
  const file = `${folder}/bounding_boxes.txt`;
  const rows = await readTable(file, ["image id", "x", "y", "width", "height"]);
  if (!rows) return undefined;
  const byId = rowOfEach(rows, "image", images, file);
  return new Map(Array.from(byId, ([id, row]) => [id, boxOf(row)]));
}

function boxOf(row: Row): CropBox {
  const { place, cells } = row;
  const [left, top, width, height] = ["x", "y", "width", "height"].map((name, at) =>
    Math.trunc(numberIn(row, at + 1, name))
  ) as [number, number, number, number];
  if (left < 0 || top < 0) {
    throw new RunError(
      `${place}: box at ${cells[1]}, ${cells[2]}, wanted its corner inside the image`,
    );
  }
  if (width < 1 || height < 1) {
    throw new RunError(
      `${place}: empty box of ${cells[3]} x ${cells[4]} pixels, wanted at least 1 x 1`,
    );
  }
  return { left, top, width, height, place };
}
