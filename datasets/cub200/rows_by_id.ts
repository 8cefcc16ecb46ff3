/**
 * Tables that have one row for each id of another table.
 *
 * @module
 */
import { RunError } from "../../harness/base/mod.ts";
import { idIn, type Row } from "./read_table.ts";

/**
 * Rows by the id in their first column.
 *
 * @param kind What the ids stand for, for errors: `image`.
 * @throws {RunError} Naming the line, when an id comes twice.
 */
export function rowsById(rows: readonly Row[], kind: string): Map<number, Row> {
  const byId = new Map<number, Row>();
  for (const row of rows) {
    const id = idIn(row, 0, `${kind} id`);
    const earlier = byId.get(id);
    if (earlier) throw new RunError(`${row.place}: ${kind} ${id} again, first at ${earlier.place}`);
    byId.set(id, row);
  }
  return byId;
}

/**
 * Rows by id, exactly one for each of the known ids.
 *
 * @param file Path of the table, for errors.
 * @throws {RunError} When an id comes twice, is unknown or has no row.
 */
export function rowOfEach(
  rows: readonly Row[],
  kind: string,
  known: ReadonlyMap<number, Row>,
  file: string,
): Map<number, Row> {
  const byId = rowsById(rows, kind);
  for (const [id, { place }] of byId) {
    if (!known.has(id)) throw new RunError(`${place}: ${kind} ${id}, which is not listed`);
  }
  for (const [id, { place }] of known) {
    if (!byId.has(id)) throw new RunError(`${file}: no line for ${kind} ${id} of ${place}`);
  }
  return byId;
}
