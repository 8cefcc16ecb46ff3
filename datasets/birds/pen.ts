/**
 * A pen draws the shapes of one thing in that thing's own coordinates.
 *
 * @module
 */
import type { Canvas, Paint } from "./canvas.ts";
import { composed, type Frame, PICTURE } from "./frame.ts";
import { type Hue, HUES } from "./palette.ts";
import type { Path } from "./path.ts";

/** A colour: one everywhere, or one that depends on the place. */
export type Ink = Hue | number | Paint;

/** How a shape differs from others of its thing. */
export interface Stroke {
  readonly relief?: number;
  /** Whether no outline separates it from the shape before. */
  readonly joined?: boolean;
  /** Where the shape lies in the thing's frame. */
  readonly frame?: Frame;
}

/** What the shapes of one thing have in common. */
export interface Subject {
  readonly region: number;
  readonly ink: number;
  readonly part?: number;
}

/** Draws one thing. */
export type Sketch = (pen: Pen) => void;

/** Fills shapes of one region in one frame. */
export class Pen {
  readonly #canvas: Canvas;
  readonly #frame: Frame;
  readonly #subject: Subject;

  constructor(canvas: Canvas, frame: Frame, subject: Subject) {
    this.#canvas = canvas;
    this.#frame = frame;
    this.#subject = subject;
  }

  /** Fills a shape. */
  fill(path: Path, ink: Ink, { relief = 0.3, joined = false, frame = PICTURE }: Stroke = {}): void {
    const { region, ink: darkness, part } = this.#subject;
    this.#canvas.fill(
      path,
      composed(this.#frame, frame),
      paintOf(ink),
      { region, relief, ink: darkness, joined },
      part,
    );
  }
}

function paintOf(ink: Ink): Paint {
  if (typeof ink === "function") return ink;
  const colour = typeof ink === "number" ? ink : HUES[ink];
  return () => colour;
}
