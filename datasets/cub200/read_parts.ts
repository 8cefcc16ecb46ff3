/**
 * The parts of the birds of CUB-200-2011.
 *
 * @module
 */
import { RunError } from "../../harness/base/mod.ts";
import type { PartPoint } from "../part_truth.ts";
import { idIn, numberIn, readTable, type Row } from "./read_table.ts";
import { rowsById } from "./rows_by_id.ts";

/** Names of parts, and where they are in each image. */
export interface CubParts {
  readonly names: readonly string[];
  /** By image id, then by part, in pixels of the photograph. */
  readonly points: ReadonlyMap<number, readonly PartPoint[]>;
}

/**
 * Reads `parts/parts.txt` and `parts/part_locs.txt`; undefined without the first.
 *
 * @param images Lines of `images.txt` by image id.
 * @throws {RunError} When the second file is missing, or naming the line, when an image or a part is
 * unknown, comes twice or is missing.
 */
export async function readParts(
  folder: string,
  images: ReadonlyMap<number, Row>,
): Promise<CubParts | undefined> {
  const parts = await readTable(`${folder}/parts/parts.txt`, ["part id", "name..."]);
  if (!parts) return undefined;
  const file = `${folder}/parts/part_locs.txt`;
  const places = await readTable(file, ["image id", "part id", "x", "y", "visible"]);
  if (!places) throw new RunError(`${file}: no such file, wanted it beside parts.txt`);
  const order = new Map([...rowsById(parts, "part").keys()].map((id, at) => [id, at]));
  const points = new Map([...images.keys()].map((id) => [id, new Array<PartPoint>(order.size)]));
  for (const row of places) {
    const [image, part] = [idIn(row, 0, "image id"), idIn(row, 1, "part id")];
    const ofImage = points.get(image);
    if (!ofImage) throw new RunError(`${row.place}: image ${image}, which is not listed`);
    const at = order.get(part);
    if (at === undefined) throw new RunError(`${row.place}: part ${part}, which is not listed`);
    if (ofImage[at]) throw new RunError(`${row.place}: part ${part} of image ${image} again`);
    ofImage[at] = pointOf(row);
  }
  const ids = [...order.keys()];
  for (const [image, ofImage] of points) {
    const missing = ids.find((_, at) => !ofImage[at]);
    if (missing !== undefined) {
      throw new RunError(`${file}: no line for part ${missing} of image ${image}`);
    }
  }
  return { names: parts.map(({ cells }) => cells[1]!), points };
}

function pointOf(row: Row): PartPoint {
  const visible = row.cells[4]!;
  if (visible !== "0" && visible !== "1") {
    throw new RunError(`${row.place}: visible "${visible}", wanted 0 or 1`);
  }
  return { x: numberIn(row, 2, "x"), y: numberIn(row, 3, "y"), visible: visible === "1" };
}
