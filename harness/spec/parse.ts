/**
 * Checking JSON against a schema, with errors that a person can act on: the file, the place in it,
 * what was found, what was wanted, the nearest known key.
 *
 * @module
 */
import { z } from "zod";
import { didYouMean, messageOf, UsageError } from "../base/mod.ts";

/**
 * Parses and validates JSON text.
 *
 * @param file Name for the error message.
 * @throws {UsageError} With a line for each thing that is wrong.
 */
export function parseJson<T>(schema: z.ZodType<T>, text: string, file: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file}: not JSON: ${messageOf(error)}`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const lines = result.error.issues.flatMap((issue) => explain(schema, value, issue));
  throw new UsageError(lines.map((line) => `${file}: ${line}`).join("\n"));
}

function explain(schema: z.ZodType, value: unknown, issue: z.core.$ZodIssue): string[] {
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(schema, value, issue.path);
    return issue.keys.map((key) =>
      `${placeOf([...issue.path, key])}: unknown key${
        didYouMean(key, known) || `, wanted one of ${known.join(", ")}`
      }`
    );
  }
  const found = describe(at(value, issue.path));
  return [`${placeOf(issue.path)}: ${issue.message}, found ${found}`];
}

/** A path in the words of JavaScript: `profiles.embedded.networks[0].id`. */
export function placeOf(path: readonly PropertyKey[]): string {
  const text = path.map((part) => typeof part === "number" ? `[${part}]` : `.${String(part)}`)
    .join("");
  return text.replace(/^\./, "") || "(top level)";
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, part) =>
      typeof inner === "object" && inner !== null ? Reflect.get(inner, part) : undefined,
    value,
  );
}

function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** The keys that the schema knows at a place, following the value through unions. */
function knownKeys(
  schema: z.core.$ZodType,
  value: unknown,
  path: readonly PropertyKey[],
): string[] {
  const inner = unwrap(schema, value);
  if (path.length === 0) {
    return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
  }
  const [part, ...rest] = path;
  const member = at(value, [part!]);
  if (inner instanceof z.ZodObject) {
    const next: z.core.$ZodType | undefined = inner.shape[String(part)];
    return next ? knownKeys(next, member, rest) : [];
  }
  if (inner instanceof z.ZodArray) return knownKeys(inner.element, member, rest);
  if (inner instanceof z.ZodRecord) return knownKeys(inner.valueType, member, rest);
  return [];
}

function unwrap(schema: z.core.$ZodType, value: unknown): z.core.$ZodType {
  if (
    schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault
  ) {
    return unwrap(schema.def.innerType, value);
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const key = schema.def.discriminator;
    const option = schema.options.find((candidate) =>
      candidate instanceof z.ZodObject &&
      candidate.shape[key] instanceof z.ZodLiteral &&
      candidate.shape[key].values.has(at(value, [key]) as string)
    );
    return option ?? schema;
  }
  return schema;
}
