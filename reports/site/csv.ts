/**
 * Tables as text, RFC 4180.
 *
 * @module
 */

/** A value of a table; null where there is none. */
export type Cell = string | number | boolean | null;

/** What spreadsheets would run as a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** Lines of a table, the header first. Texts that a spreadsheet would run get an apostrophe. */
export function csv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => row.map(cellText).join(",") + "\r\n").join("");
}

function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
