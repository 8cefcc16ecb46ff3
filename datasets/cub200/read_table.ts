/**
 * The text files of CUB-200-2011: a record a line, columns separated by a space.
 *
 * @module
 */
import { RunError } from "../../harness/base/mod.ts";
import { readIfThere } from "../read_input.ts";

/** The largest file of the official set, the places of all parts, has 5 MB. */
const MOST_BYTES = 2 ** 27;

/** A record and where it stands. */
export interface Row {
  /** File and line, for errors. */
  readonly place: string;
  readonly cells: readonly string[];
}

/**
 * The records of a file; undefined when there is none.
 *
 * @param columns Names of the columns. With `...` after the last one's name it takes the rest of the
 * line, spaces too.
 * @throws {RunError} Naming the line, when it has more or fewer columns.
 */
export async function readTable(
  path: string,
  columns: readonly string[],
): Promise<Row[] | undefined> {
  const bytes = await readIfThere(path, MOST_BYTES);
  if (!bytes) return undefined;
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  if (lines.length === 0) throw new RunError(`${path}: empty, wanted lines of ${named(columns)}`);
  const takesRest = columns.at(-1)!.endsWith("...");
  return lines.map((line, at) => {
    const cells = line.split(" ");
    if (takesRest) {
      cells.splice(columns.length - 1, Infinity, cells.slice(columns.length - 1).join(" "));
    }
    const place = `${path}: line ${at + 1}`;
    if (cells.length !== columns.length || cells.includes("")) {
      throw new RunError(`${place}: found "${shortened(line)}", wanted ${named(columns)}`);
    }
    return { place, cells };
  });
}

/**
 * A whole number from 1 on.
 *
 * @throws {RunError} Naming the line.
 */
export function idIn({ place, cells }: Row, column: number, what: string): number {
  const text = cells[column]!;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new RunError(`${place}: ${what} "${text}", wanted a whole number from 1 on`);
}

/**
 * A number.
 *
 * @throws {RunError} Naming the line.
 */
export function numberIn({ place, cells }: Row, column: number, what: string): number {
  const text = cells[column]!;
  if (/^-?\d+(\.\d*)?(e[-+]?\d+)?$/i.test(text)) return Number(text);
  throw new RunError(`${place}: ${what} "${text}", wanted a number`);
}

function named(columns: readonly string[]): string {
  const names = columns.map((name) => `<${name.replace("...", "")}>`).join(" ");
  return `"${names}", separated by single spaces`;
}

function shortened(line: string): string {
  return line.length > 80 ? `${line.slice(0, 77)}...` : line;
}
