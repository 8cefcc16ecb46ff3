/**
 * The points of a table of text: one point a line, numbers separated by commas, semicolons, tabs or
 * spaces, with or without a line of names on top.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import type { ByteRange } from "./byte_range.ts";
import { type PointBlock, type PointsFile, rowsPerBlock } from "./points_file.ts";
import { type TextLine, textLines } from "./text_lines.ts";

/** Characters of a cell that an error shows. */
const SHOWN = 40;

/** How the cells of a line are told apart. */
interface Layout {
  readonly separator: "\t" | ";" | "," | " ";
  readonly hasHeader: boolean;
  readonly features: number;
}

/**
 * Opens a table. Blank lines and lines that begin with # are left out. The first line is a header when
 * none of its cells is a number, or when they are 0, 1, 2, ..., which pandas writes for want of names.
 *
 * @param bytes The file; closed when the points are disposed of, or when this throws.
 * @throws {RunError} Naming file, line and column.
 */
export function textPoints(bytes: ByteRange): PointsFile {
  try {
    let layout: Layout | undefined;
    let lines = 0;
    for (const line of textLines(bytes)) {
      layout ??= layoutOf(line, bytes.name);
      lines++;
    }
    const points = lines - (layout?.hasHeader ? 1 : 0);
    if (layout === undefined || points === 0) {
      throw new RunError(`${bytes.name}: no row of numbers, wanted one a point`);
    }
    const { separator, hasHeader, features } = layout;
    const kind = { "\t": "tabs", ";": "semicolons", ",": "commas", " ": "spaces" }[separator];
    return {
      name: bytes.name,
      points,
      features,
      format: `text, separated by ${kind}${hasHeader ? ", with a line of names" : ""}`,
      fitsFloat32: false,
      blocks: () => blocks(bytes, layout, points),
      [Symbol.dispose]: () => bytes[Symbol.dispose](),
    };
  } catch (error) {
    bytes[Symbol.dispose]();
    throw error;
  }
}

function* blocks(bytes: ByteRange, layout: Layout, points: number): Generator<PointBlock> {
  const { features } = layout;
  const step = rowsPerBlock(features);
  let firstRow = 0;
  let rows = 0;
  let values = new Float64Array(Math.min(step, points) * features);
  let isHeader = layout.hasHeader;
  for (const line of textLines(bytes)) {
    if (isHeader) {
      isHeader = false;
      continue;
    }
    parseLine(line, layout, values, rows * features, bytes.name);
    rows++;
    if (rows * features < values.length) continue;
    yield { firstRow, values };
    firstRow += rows;
    rows = 0;
    values = new Float64Array(Math.min(step, points - firstRow) * features);
  }
}

function layoutOf({ text, number }: TextLine, file: string): Layout {
  const separator = (["\t", ";", ","] as const).find((mark) => text.includes(mark)) ?? " ";
  const cells = split(text, separator);
  if (cells.length > 1 && cells[0] === "" && cells.slice(1).every((cell) => cell !== "")) {
    throw new RunError(
      `${file}:${number}:1: a blank name, as pandas writes above row numbers; wanted a table ` +
        "without them (index=False)",
    );
  }
  const words = cells.findIndex((cell) => isWord(cell));
  const hasHeader = cells.every((cell) => isWord(cell)) ||
    cells.length > 1 && cells.every((cell, at) => cell === String(at));
  if (words >= 0 && !hasHeader) throw wrongCell(file, number, words, cells[words]!);
  return { separator, hasHeader, features: cells.length };
}

/** Text that can only be a name: neither a number nor one of the spellings of a missing one. */
function isWord(cell: string): boolean {
  return Number.isNaN(toNumber(cell)) &&
    !/^([+-]?(nan|inf|infinity)|na|n\/a|null|none)?$/i.test(cell);
}

function split(text: string, separator: Layout["separator"]): string[] {
  if (separator === " ") return text.split(/\s+/);
  return text.split(separator).map((cell) => unquote(cell.trim()));
}

function unquote(cell: string): string {
  return cell.length >= 2 && cell.startsWith('"') && cell.endsWith('"')
    ? cell.slice(1, -1).trim()
    : cell;
}

/** The number, or NaN for what is none: blank cells and JavaScript's 0x10, 0b1, 0o7 included. */
function toNumber(cell: string): number {
  return cell === "" || /^0[xob]/i.test(cell) ? NaN : Number(cell);
}

function parseLine(
  { text, number }: TextLine,
  { separator, features }: Layout,
  values: Float64Array,
  start: number,
  file: string,
): void {
  const cells = split(text, separator);
  if (cells.length !== features) {
    const at = Math.min(cells.length, features) + 1;
    throw new RunError(
      `${file}:${number}:${at}: a row of ${cells.length} cells, wanted ${features} as in the ` +
        "first row",
    );
  }
  for (let at = 0; at < features; at++) {
    const value = toNumber(cells[at]!);
    if (!Number.isFinite(value)) throw wrongCell(file, number, at, cells[at]!);
    values[start + at] = value;
  }
}

function wrongCell(file: string, line: number, at: number, cell: string): RunError {
  const shown = cell.length > SHOWN ? `${cell.slice(0, SHOWN)}…` : cell;
  const found = cell === "" ? "a blank cell" : JSON.stringify(shown);
  return new RunError(
    `${file}:${line}:${at + 1}: column ${at + 1} holds ${found}, wanted a finite number`,
  );
}
