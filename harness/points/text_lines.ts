/**
 * The lines of a text file, read a piece at a time.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import type { ByteRange } from "./byte_range.ts";

const CHUNK = 2 ** 20;

/** Characters of the longest line that is read: a million numbers. */
const LONGEST_LINE = 2 ** 25;

/** A line that holds something. */
export interface TextLine {
  /** Its number, from 1. */
  readonly number: number;
  /** Without the end of the line and surrounding space. */
  readonly text: string;
}

/**
 * The lines that are neither blank nor a comment (#).
 *
 * @throws {RunError} When the file is not UTF-8 or a line is longer than 32 Mi characters.
 */
export function* textLines(bytes: ByteRange): Generator<TextLine> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  let number = 0;
  for (let at = 0; at < bytes.length; at += CHUNK) {
    const chunk = bytes.read(at, new Uint8Array(Math.min(CHUNK, bytes.length - at)));
    const isLast = at + CHUNK >= bytes.length;
    const lines = (rest + decode(decoder, chunk, isLast, bytes.name, number + 1)).split("\n");
    rest = isLast ? "" : lines.pop()!;
    for (const line of lines) {
      number++;
      const text = line.trim();
      if (text !== "" && !text.startsWith("#")) yield { number, text };
    }
    if (rest.length > LONGEST_LINE) {
      throw new RunError(
        `${bytes.name}:${number + 1}: a line of more than ${LONGEST_LINE} characters`,
      );
    }
  }
}

function decode(
  decoder: TextDecoder,
  chunk: Uint8Array<ArrayBuffer>,
  isLast: boolean,
  file: string,
  line: number,
): string {
  try {
    return decoder.decode(chunk, { stream: !isLast });
  } catch {
    throw new RunError(`${file}: after line ${line}: no UTF-8 text, wanted a table of numbers`);
  }
}
