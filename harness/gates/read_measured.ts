/**
 * Reading a result of any kind, with everything that a gate must be able to trust checked.
 *
 * @module
 */
import { messageOf, RunError, UsageError } from "../base/mod.ts";
import { PROTOPNET_RESULT_VERSION, RESULT_SCHEMA_VERSION } from "../spec/mod.ts";
import { idResult, isIdResult, isProtopnetResult, protopnetResult } from "./kinds/mod.ts";
import type { Measured } from "./measured.ts";

/** Largest file that is read as a result or a baseline. */
export const MAX_FILE_BYTES = 256 * 2 ** 20;

interface ResultKind {
  /** Version of the layout that is read. */
  readonly version: number;
  recognises(value: object): boolean;
  read(text: string, file: string): Measured;
}

const KINDS: readonly ResultKind[] = [
  { version: RESULT_SCHEMA_VERSION, recognises: isIdResult, read: idResult },
  { version: PROTOPNET_RESULT_VERSION, recognises: isProtopnetResult, read: protopnetResult },
];

/**
 * Reads the result in a file.
 *
 * @throws {RunError} When the file is absent, too large, of no known kind or broken.
 */
export async function readMeasured(file: string): Promise<Measured> {
  return parseMeasured(await readBounded(file), file);
}

/**
 * The result that a text holds.
 *
 * @throws {RunError} When it is of no known kind, breaks its schema, holds a number that is not finite,
 * or gives one name to different numbers.
 */
export function parseMeasured(text: string, file: string): Measured {
  const value = parseObject(text, file);
  const kind = KINDS.find((kind) => kind.recognises(value));
  if (!kind) throw new RunError(`${file}: not a result: no kind of result looks like this`);
  if ("schemaVersion" in value && value.schemaVersion !== kind.version) {
    throw new RunError(
      `${file}: schemaVersion: found ${
        JSON.stringify(value.schemaVersion)
      }, wanted ${kind.version}; ` +
        "the run has to be made again",
    );
  }
  try {
    return checkNames(kind.read(text, file));
  } catch (error) {
    if (error instanceof UsageError) throw new RunError(error.message);
    throw error;
  }
}

/** Text of a file that is not larger than any result could be. */
export async function readBounded(file: string): Promise<string> {
  try {
    const { size } = await Deno.stat(file);
    if (size > MAX_FILE_BYTES) {
      throw new RunError(`${file}: ${size} bytes, wanted at most ${MAX_FILE_BYTES}`);
    }
    return await Deno.readTextFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new RunError(`${file}: no such file`);
    if (error instanceof RunError) throw error;
    throw new RunError(`${file}: cannot be read: ${messageOf(error)}`);
  }
}

/** The object that a JSON text holds. */
export function parseObject(text: string, file: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new RunError(`${file}: not JSON: ${messageOf(error).replaceAll(/\s+/g, " ")}`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new RunError(`${file}: found ${Array.isArray(value) ? "a list" : value}, wanted an object`);
}

/** Drops repetitions of the same content; refuses contradictions and numbers that are none. */
function checkNames(measured: Measured): Measured {
  const { file, metrics, verdicts } = measured;
  for (const { name, value } of metrics) {
    if (!Number.isFinite(value)) {
      throw new RunError(`${file}: ${name}: found ${value}, wanted a number`);
    }
  }
  return { ...measured, metrics: unique(metrics, file), verdicts: unique(verdicts, file) };
}

function unique<T extends { readonly name: string }>(items: readonly T[], file: string): T[] {
  const found = new Map<string, T>();
  for (const item of items) {
    const before = found.get(item.name);
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(item)) {
      throw new RunError(`${file}: ${item.name}: found twice with different content`);
    }
    found.set(item.name, item);
  }
  return [...found.values()];
}
