/**
 * Figures of a page as files of their own, each with its legend.
 *
 * @module
 */
import { type LegendEntry, standaloneFigure } from "../figures/mod.ts";
import type { FigureDownload } from "./run_content.ts";
import { slugOf } from "./slug.ts";

/** A figure as a page shows it. */
export interface DrawnFigure {
  readonly title: string;
  /** Null where there was nothing to draw. */
  readonly svg: string | null | undefined;
  readonly legend: readonly LegendEntry[];
}

/** A file for each figure that was drawn, numbered in their order. */
export function figureDownloads(figures: readonly DrawnFigure[]): FigureDownload[] {
  const drawn = figures.flatMap(({ title, svg, legend }) => svg ? [{ title, svg, legend }] : []);
  return drawn.map(({ title, svg, legend }, at) => ({
    name: `${String(at + 1).padStart(2, "0")}-${slugOf(plain(title))}.svg`,
    title,
    text: standaloneFigure(svg, legend),
  }));
}

/** Enough of a title to know a file by. */
function plain(title: string): string {
  return title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "").slice(0, 50);
}
