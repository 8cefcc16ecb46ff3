/**
 * The parts of a bird and the variants of each: a shape with a colour or pattern of its own.
 *
 * @module
 */

/** Parts in the order of every list of parts and of `partRegion`. */
export const PARTS = ["beak", "eye", "crest", "wing", "tail", "leg"] as const;

/** Name of a part. */
export type Part = typeof PARTS[number];

/** One way a part can look. */
export interface Variant {
  /** What a person sees: `yellow hooked beak`. */
  readonly description: string;
  /** What it adds to a bird's name: `Hook-billed`. */
  readonly epithet: string;
}

/** Variants of each part. */
export const VARIANTS: Readonly<Record<Part, readonly Variant[]>> = {
  beak: [
    { description: "stout orange beak", epithet: "Stout-billed" },
    { description: "black dagger of a beak", epithet: "Dagger-billed" },
    { description: "yellow hooked beak", epithet: "Hook-billed" },
    { description: "huge banded beak", epithet: "Rainbow-billed" },
    { description: "teal spoon of a beak", epithet: "Spoon-billed" },
  ],
  eye: [
    { description: "eye in a white ring", epithet: "Spectacled" },
    { description: "white eye in a black mask", epithet: "Masked" },
    { description: "eye in a red drop", epithet: "Ruby-eyed" },
    { description: "yellow eye under a blue lid", epithet: "Drowsy" },
  ],
  crest: [
    { description: "red peaked crest", epithet: "Peaked" },
    { description: "yellow fan of a crest", epithet: "Fan-crested" },
    { description: "two blue plumes that nod", epithet: "Plumed" },
    { description: "shaggy violet crest", epithet: "Shaggy" },
    { description: "crown of pink beads", epithet: "Crowned" },
  ],
  wing: [
    { description: "round blue wing with white bars", epithet: "Bar-winged" },
    { description: "round white wing with black spots", epithet: "Spot-winged" },
    { description: "pointed red wing with a yellow edge", epithet: "Flame-winged" },
    { description: "pointed green wing with pale stripes", epithet: "Fern-winged" },
    { description: "layered wing, violet to pink", epithet: "Lilac-winged" },
    { description: "layered wing, orange, white and black", epithet: "Harlequin" },
  ],
  tail: [
    { description: "orange fan with a black band", epithet: "Fan-tailed" },
    { description: "teal fan with yellow eyespots", epithet: "Peacock-tailed" },
    { description: "blue forked tail", epithet: "Fork-tailed" },
    { description: "pink forked tail with white tips", epithet: "Scissor-tailed" },
    { description: "two green wires with yellow discs", epithet: "Racket-tailed" },
    { description: "black and white banded tail", epithet: "Ring-tailed" },
  ],
  leg: [
    { description: "thin orange legs with long toes", epithet: "Long-toed" },
    { description: "red webbed feet", epithet: "Web-footed" },
    { description: "white feather trousers", epithet: "Trousered" },
    { description: "blue striped stockings", epithet: "Stockinged" },
  ],
};

/** Number of variants of each part, in the order of {@link PARTS}. */
export const VARIANT_COUNTS: readonly number[] = PARTS.map((part) => VARIANTS[part].length);
