/**
 * Where pictures are painted: shapes are filled one over the other, and each fill says of every pixel
 * what it shows, so that picture and truth come from the same calls.
 *
 * @module
 */
import { BACKGROUND, type RegionMap } from "../part_truth.ts";
import { type Frame, inverse } from "./frame.ts";
import { lit, mixed } from "./palette.ts";
import type { Path } from "./path.ts";
import { Spans } from "./spans.ts";

/** Samples a pixel and axis. Odd: the middle one lies in the middle of the pixel. */
const SAMPLES = 3;

/** Width of an outline in images. */
const OUTLINE = 0.0095;

const INK = 0x241a2e;

/** Colour of a place in the coordinates of the shape. */
export type Paint = (x: number, y: number) => number;

/** How a shape is filled. */
export interface Brush {
  readonly region: number;
  /** How round it looks; 0 is flat. */
  readonly relief: number;
  /** Darkness of its outline in [0, 1]. */
  readonly ink: number;
  /** Whether no outline separates it from the shape filled before. */
  readonly joined?: boolean;
}

/** Colour of the light, and where it comes from: to the right and down, at most 1 long. */
export interface Light {
  readonly from: readonly [number, number];
  readonly tint: readonly [number, number, number];
}

/** A square picture that is being painted. */
export class Canvas {
  readonly size: number;
  readonly #light: Light;
  readonly #across: number;
  readonly #spans: Spans;
  readonly #colours: Int32Array;
  readonly #layers: Uint8Array;
  readonly #regions: Uint8Array;
  /** Of each pixel, the parts that cover it, seen or not: bit p for part p. */
  readonly #covered: Uint8Array;
  readonly #ink = new Float64Array(256);
  #layer = 0;

  /** @param size Width and height in pixels. */
  constructor(size: number, light: Light) {
    this.size = size;
    this.#light = light;
    this.#across = size * SAMPLES;
    this.#spans = new Spans(this.#across);
    this.#colours = new Int32Array(this.#across ** 2);
    this.#layers = new Uint8Array(this.#across ** 2);
    this.#regions = new Uint8Array(this.#across ** 2).fill(BACKGROUND);
    this.#covered = new Uint8Array(size * size);
  }

  /** Paints everything from `top` to `bottom`. */
  wash(top: number, bottom: number): void {
    for (let row = 0; row < this.#across; row++) {
      const colour = mixed(top, bottom, row / this.#across);
      this.#colours.fill(colour, row * this.#across, (row + 1) * this.#across);
    }
  }

  /**
   * Fills a shape.
   *
   * @param part Part that the shape belongs to, if any: its pixels count as covered by it.
   */
  fill(path: Path, frame: Frame, paint: Paint, brush: Brush, part?: number): void {
    if (!brush.joined || this.#layer === 0) this.#layer++;
    this.#ink[this.#layer] = brush.ink;
    const across = this.#across;
    const back = inverse(frame);
    const [lightX, lightY] = this.#light.from;
    const bit = part === undefined ? 0 : 1 << part;
    const { box } = this.#spans.trace(path, frame);
    const [middleX, middleY] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const [perX, perY] = [2 / (box.right - box.left), 2 / (box.bottom - box.top)];
    this.#spans.each((row, from, to) => {
      const y = (row + 0.5) / across;
      const v = (y - middleY) * perY;
      for (let column = from; column < to; column++) {
        const x = (column + 0.5) / across;
        const u = (x - middleX) * perX;
        const colour = paint(back.a * x + back.c * y + back.e, back.b * x + back.d * y + back.f);
        const round = u * lightX + v * lightY + 0.22 - 0.4 * (u * u + v * v);
        const at = row * across + column;
        this.#colours[at] = lit(colour, 1 + brush.relief * round);
        this.#layers[at] = this.#layer;
        this.#regions[at] = brush.region;
      }
      if (bit !== 0 && row % SAMPLES === 1) this.#cover(row, from, to, bit);
    });
  }

  /**
   * Lays a colour over a shape, thickest in its middle.
   *
   * @param within Only where this region is seen; everywhere when absent.
   */
  glaze(path: Path, frame: Frame, colour: number, strength: number, within?: number): void {
    const across = this.#across;
    const { box } = this.#spans.trace(path, frame);
    const [middleX, middleY] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const [perX, perY] = [2 / (box.right - box.left), 2 / (box.bottom - box.top)];
    this.#spans.each((row, from, to) => {
      const v = ((row + 0.5) / across - middleY) * perY;
      for (let column = from; column < to; column++) {
        const at = row * across + column;
        if (within !== undefined && this.#regions[at] !== within) continue;
        const u = ((column + 0.5) / across - middleX) * perX;
        const weight = strength * Math.min(1, 1.6 * (1 - u * u - v * v));
        this.#colours[at] = mixed(this.#colours[at]!, colour, weight);
      }
    });
  }

  /** What each pixel shows in its middle. */
  regions(): RegionMap {
    const { size } = this;
    const data = new Uint8Array(size * size);
    for (let at = 0; at < data.length; at++) {
      const [row, column] = [Math.floor(at / size), at % size];
      data[at] = this.#regions[(row * SAMPLES + 1) * this.#across + column * SAMPLES + 1]!;
    }
    return { width: size, height: size, data };
  }

  /** Pixels that a part covers or would if nothing lay over it. */
  coveredBy(part: number): number {
    let count = 0;
    for (const parts of this.#covered) count += parts >> part & 1;
    return count;
  }

  /**
   * The picture: outlines where a shape ends over an earlier one, then the mean over each pixel.
   *
   * @param out size x size RGB, 8 bits, row by row from the top.
   */
  develop(out: Uint8Array): void {
    this.#drawOutlines();
    const { size } = this;
    const colours = this.#colours, across = this.#across;
    const [tintR, tintG, tintB] = this.#light.tint.map((tint) => tint / SAMPLES ** 2);
    for (let at = 0; at < size * size; at++) {
      const start = Math.floor(at / size) * SAMPLES * across + at % size * SAMPLES;
      let red = 0, green = 0, blue = 0;
      for (let row = 0; row < SAMPLES; row++) {
        for (let column = 0; column < SAMPLES; column++) {
          const colour = colours[start + row * across + column]!;
          red += colour >> 16 & 255;
          green += colour >> 8 & 255;
          blue += colour & 255;
        }
      }
      out[3 * at] = Math.min(255, Math.round(red * tintR!));
      out[3 * at + 1] = Math.min(255, Math.round(green * tintG!));
      out[3 * at + 2] = Math.min(255, Math.round(blue * tintB!));
    }
  }

  #cover(row: number, from: number, to: number, bit: number): void {
    const start = Math.floor(row / SAMPLES) * this.size;
    for (let column = Math.ceil((from - 1) / SAMPLES); column * SAMPLES + 1 < to; column++) {
      this.#covered[start + column]! |= bit;
    }
  }

  #drawOutlines(): void {
    const across = this.#across, layers = this.#layers, colours = this.#colours;
    const reach = Math.max(1, Math.round(OUTLINE * across));
    const diagonal = Math.max(1, Math.round(0.7 * reach));
    const steps = [[reach, 0], [-reach, 0], [0, reach], [0, -reach]];
    for (const x of [-diagonal, diagonal]) steps.push([x, diagonal], [x, -diagonal]);
    const offsets = Int32Array.from(steps, ([x, y]) => y! * across + x!);
    for (let row = reach; row < across - reach; row++) {
      for (let column = reach; column < across - reach; column++) {
        const at = row * across + column;
        const layer = layers[at]!;
        if (layer === 0) continue;
        for (let k = 0; k < 8; k++) {
          if (layers[at + offsets[k]!]! >= layer) continue;
          colours[at] = mixed(
            lit(colours[at]!, 1 - 0.5 * this.#ink[layer]!),
            INK,
            0.62 * this.#ink[layer]!,
          );
          break;
        }
      }
    }
  }
}
