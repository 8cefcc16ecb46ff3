/**
 * The networks of Ansuini et al. 2019 as a diagnosis needs them.
 *
 * @module
 */
import curves from "../../experiments/reference/paper_curves.json" with { type: "json" };

/** Images of many classes together, from which Figure 4 has its IDs. */
export const IMAGES_OF_FIGURE_4 = 2000;

/** A network of Figure 4. */
export interface AccuracyOfPaper {
  readonly name: string;
  /** Of the last hidden layer. */
  readonly id: number;
  /** Top-5 error on ImageNet in percent. */
  readonly top5Error: number;
}

/** The fourteen networks, the lowest ID first. */
export function networksOfFigure4(): AccuracyOfPaper[] {
  return Object.entries(curves.fig4)
    .map(([name, { ID, top5_err }]) => ({ name, id: ID, top5Error: top5_err }))
    .sort((a, b) => a.id - b.id);
}

/** What the shape of a profile comes to. */
export interface Shape {
  /** Relative depth of the highest inner layer. */
  readonly peakAt: number;
  /** Highest / first. */
  readonly rise: number;
  /** Highest / last hidden. */
  readonly fall: number;
}

/** The shapes of the fourteen profiles of Figure 3B. */
export function shapesOfFigure3(): Shape[] {
  return Object.values(curves.fig3B).map(({ rel_depth, ID }) => shapeOf(rel_depth, ID));
}

/** @param ids From the input to the output, three at the least. */
export function shapeOf(relativeDepths: readonly number[], ids: readonly number[]): Shape {
  const inner = ids.slice(1, -1);
  const highest = Math.max(...inner);
  return {
    peakAt: relativeDepths[1 + inner.indexOf(highest)]!,
    rise: highest / ids[0]!,
    fall: highest / ids.at(-2)!,
  };
}
