/**
 * The classes: which variant of each part a bird of each class has. The tables for 20 and for 50
 * classes are fixed, whatever the seed of a run.
 *
 * @module
 */
import { permutation, randomStream, UsageError } from "../../harness/base/mod.ts";
import { nameClasses } from "./class_names.ts";
import { PARTS, VARIANT_COUNTS } from "./parts.ts";
import { sufficientParts } from "./sufficient_parts.ts";

/** Seed of the tables: part of what the data set is. */
const TABLE_SEED = 2019;

/** Numbers of classes that there are tables for. */
export const CLASS_COUNTS = [20, 50] as const;

/** One of them. */
export type ClassCount = typeof CLASS_COUNTS[number];

/** Numbers of confusable pairs; no two of a table differ in the same part. */
const PAIRS: Readonly<Record<ClassCount, number>> = { 20: 3, 50: 6 };

/** A class of birds. */
export interface BirdClass {
  /** Made from one of its minimal sufficient sets of parts. */
  readonly name: string;
  /** Of each part, in the order of `PARTS`. */
  readonly variants: readonly number[];
  /** Minimal sets of parts whose variants no other class shares, each ascending. */
  readonly sufficient: readonly (readonly number[])[];
}

/** Two classes that differ in one part only. */
export interface ConfusablePair {
  readonly classes: readonly [number, number];
  /** The part in which they differ. */
  readonly part: number;
}

/** All classes. Any two that are no confusable pair differ in at least two parts. */
export interface ClassTable {
  readonly classes: readonly BirdClass[];
  readonly confusable: readonly ConfusablePair[];
}

const known = new Map<number, ClassTable>();

/**
 * The table for a number of classes. Variants are balanced: those of a part are used equally often, or
 * differ by one.
 *
 * @throws {UsageError} When there is no table of that size.
 */
export function classTable(count: number): ClassTable {
  const made = known.get(count);
  if (made) return made;
  if (!isClassCount(count)) {
    throw new UsageError(
      `Cannot make birds: classes ${count}, wanted ${CLASS_COUNTS.join(" or ")}`,
    );
  }
  const table = makeTable(count);
  known.set(count, table);
  return table;
}

/** The class whose birds have these variants; null when there is none or a part is missing. */
export function classWith({ classes }: ClassTable, variants: readonly (number | null)[]) {
  const at = classes.findIndex((row) => partDistance(row.variants, variants) === 0);
  return at < 0 ? null : at;
}

/** Number of parts in which two birds differ (Hamming distance). */
export function partDistance(a: readonly (number | null)[], b: readonly (number | null)[]): number {
  return PARTS.reduce((sum, _, part) => sum + (a[part] === b[part] ? 0 : 1), 0);
}

function isClassCount(count: number): count is ClassCount {
  return CLASS_COUNTS.some((known) => known === count);
}

function makeTable(count: ClassCount): ClassTable {
  // Pair k: classes 2k and 2k + 1. Three pairs differ in eye, wing and leg, six in one part each.
  const confusable = Array.from({ length: PAIRS[count] }, (_, k): ConfusablePair => ({
    classes: [2 * k, 2 * k + 1],
    part: count === 20 ? 2 * k + 1 : k,
  }));
  const rows = balancedRows(count, confusable);
  const sufficient = rows.map((_, label) => sufficientParts(rows, label));
  const names = nameClasses(rows, sufficient, TABLE_SEED);
  return {
    classes: rows.map((variants, label) => ({
      name: names[label]!,
      variants,
      sufficient: sufficient[label]!,
    })),
    confusable,
  };
}

/**
 * Starts from balanced columns in random order and exchanges entries within a column, which keeps the
 * balance, until only confusable pairs are closer than two and these are at distance one.
 */
function balancedRows(count: number, confusable: readonly ConfusablePair[]): number[][] {
  const random = randomStream(TABLE_SEED, "birds", "classes", count);
  const columns = VARIANT_COUNTS.map((variants) =>
    Array.from(permutation(random, count), (place) => place % variants)
  );
  const rowsOf = () =>
    Array.from({ length: count }, (_, label) => columns.map((column) => column[label]!));
  let rows = rowsOf();
  let cost = costOf(rows, confusable);
  while (cost > 0) {
    const column = columns[random.integer(columns.length)]!;
    const [a, b] = [random.integer(count), random.integer(count)];
    const exchange = () => [column[a], column[b]] = [column[b]!, column[a]!];
    exchange();
    const next = costOf(rowsOf(), confusable);
    if (next > cost) {
      exchange();
      continue;
    }
    cost = next;
    rows = rowsOf();
  }
  return rows;
}

/** How far distances are from what is wanted, summed over pairs of classes. */
function costOf(rows: readonly number[][], confusable: readonly ConfusablePair[]): number {
  let cost = 0;
  for (let b = 1; b < rows.length; b++) {
    for (let a = 0; a < b; a++) cost += Math.max(0, 2 - partDistance(rows[a]!, rows[b]!));
  }
  for (const { classes: [a, b], part } of confusable) {
    // A pair at distance one has already counted one.
    const wrong = PARTS.filter((_, k) => (rows[a]![k] === rows[b]![k]) === (k === part)).length;
    cost += 3 * wrong - Math.max(0, 2 - partDistance(rows[a]!, rows[b]!));
  }
  return cost;
}
