/**
 * Names of the classes, for people who like birds.
 *
 * @module
 */
import { permutation, randomStream } from "../../harness/base/mod.ts";
import { PARTS, VARIANTS } from "./parts.ts";

const BEGINNINGS = ["pip", "tan", "war", "chur", "fin", "lin", "whim", "dip", "tit", "lar", "qui"];
const ENDINGS = [
  "wit",
  "ager",
  "bler",
  "let",
  "ling",
  "nel",
  "brel",
  "mouse",
  "kin",
  "sel",
  "lark",
];

/**
 * One name a class: the epithets of a minimal sufficient set of parts, so that the name tells enough to
 * know the bird by, before a species made of syllables. Epithets alone are unique.
 *
 * @param rows Variants of each class.
 * @param sufficient Minimal sufficient sets of each class.
 */
export function nameClasses(
  rows: readonly (readonly number[])[],
  sufficient: readonly (readonly (readonly number[])[])[],
  seed: number,
): string[] {
  const species = BEGINNINGS.flatMap((head) => ENDINGS.map((tail) => head + tail));
  const order = permutation(randomStream(seed, "birds", "names"), species.length);
  return rows.map((row, label) => {
    const parts = sufficient[label]![0]!;
    const epithets = parts.map((part) => VARIANTS[PARTS[part]!][row[part]!]!.epithet);
    const [first, ...others] = [...epithets, species[order[label]!]!];
    return [first, ...others.map((word) => word.toLowerCase())].join(" ");
  });
}
