/**
 * A picture of an object: rays through a pinhole, the nearest part, Lambert's law.
 *
 * @module
 */
import type { Part } from "./draw_object.ts";
import type { View } from "./draw_view.ts";
import { rgbOf } from "./colour.ts";
import { CUBE_HALF, INTERSECT } from "./intersect.ts";
import { textureWeight } from "./texture.ts";
import { norm, rotate, scaleAdd, scaled, transposed, type Vector } from "./vector.ts";

/** Distance of the camera from the object's centre, in radii of the object. */
const CAMERA_DISTANCE = 3.2;

/** Half the image's width at distance 1 from the camera. */
const HALF_FIELD = 0.36;

const AMBIENT = 0.3;
const DIFFUSE = 0.75;

/** A part as one view sees it. */
interface PlacedPart {
  readonly part: Part;
  /** Camera in the unit solid's frame. */
  readonly origin: Vector;
  /** Directions of a ray there: to the right, up, and along the optical axis. */
  readonly right: Vector;
  readonly up: Vector;
  readonly forward: Vector;
  /** Direction to the light in the part's own frame. */
  readonly light: Vector;
  /** Box of the image plane that holds the part, in half-widths: left, right, bottom, top. */
  readonly bounds: readonly [number, number, number, number];
  readonly rgb: Vector;
  readonly secondRgb: Vector;
}

/** Draws pictures of one size; holds the buffers that all of them share. */
export class Renderer {
  readonly #size: number;
  /** Rays a pixel and axis. */
  readonly #rays: number;
  /** For each ray: distance to the nearest part, which part, and its normal in the unit solid's frame. */
  readonly #depth: Float64Array;
  readonly #nearest: Int8Array;
  readonly #normals: Float64Array;
  readonly #hit = new Float64Array(4);

  /** @param size Width and height in pixels: 3 x 3 rays a pixel up to 32, 2 x 2 above. */
  constructor(size: number) {
    this.#size = size;
    this.#rays = size <= 32 ? 3 : 2;
    const count = (size * this.#rays) ** 2;
    this.#depth = new Float64Array(count);
    this.#nearest = new Int8Array(count);
    this.#normals = new Float64Array(3 * count);
  }

  /**
   * Draws one view on black.
   *
   * @param out size x size RGB, 8 bits, row by row from the top.
   */
  draw(parts: readonly Part[], view: View, out: Uint8Array): void {
    const placed = parts.map((part) => place(part, view));
    this.#depth.fill(Infinity);
    this.#nearest.fill(-1);
    placed.forEach((part, index) => this.#cast(part, index, view));
    this.#shade(placed, view, out);
  }

  /** Place of a column or row of rays: -1 at one edge of the image, 1 at the other. */
  #position(ray: number): number {
    return (2 * ray + 1) / (this.#size * this.#rays) - 1;
  }

  /** Casts the rays that can meet a part and keeps the hits nearer than those of earlier parts. */
  #cast({ part, origin, right, up, forward, bounds }: PlacedPart, index: number, view: View): void {
    const across = this.#size * this.#rays;
    const depth = this.#depth, nearest = this.#nearest, normals = this.#normals, hit = this.#hit;
    const intersect = INTERSECT[part.solid];
    const first = (edge: number) => Math.max(0, Math.floor((edge + 1) / 2 * across));
    const last = (edge: number) => Math.min(across - 1, Math.ceil((edge + 1) / 2 * across));
    const fromX = first(bounds[0]), toX = last(bounds[1]);
    const fromRow = first(-bounds[3]), toRow = last(-bounds[2]);
    for (let row = fromRow; row <= toRow; row++) {
      const y = HALF_FIELD * (-this.#position(row) - view.shift[1]);
      const rowX = forward[0] + y * up[0];
      const rowY = forward[1] + y * up[1];
      const rowZ = forward[2] + y * up[2];
      for (let column = fromX; column <= toX; column++) {
        const x = HALF_FIELD * (this.#position(column) - view.shift[0]);
        const dx = rowX + x * right[0];
        const dy = rowY + x * right[1];
        const dz = rowZ + x * right[2];
        if (!intersect(origin[0], origin[1], origin[2], dx, dy, dz, hit)) continue;
        const ray = row * across + column;
        if (hit[0]! >= depth[ray]!) continue;
        depth[ray] = hit[0]!;
        nearest[ray] = index;
        normals[3 * ray] = hit[1]!;
        normals[3 * ray + 1] = hit[2]!;
        normals[3 * ray + 2] = hit[3]!;
      }
    }
  }

  /** Averages the colours of each pixel's rays. */
  #shade(placed: readonly PlacedPart[], view: View, out: Uint8Array): void {
    const size = this.#size, rays = this.#rays;
    const across = size * rays;
    const sum = new Float64Array(3);
    for (let at = 0; at < size * size; at++) {
      const top = Math.floor(at / size) * rays, left = at % size * rays;
      sum.fill(0);
      for (let row = top; row < top + rays; row++) {
        for (let column = left; column < left + rays; column++) {
          const nearest = this.#nearest[row * across + column]!;
          if (nearest >= 0) this.#addColour(placed[nearest]!, view, row, column, sum);
        }
      }
      for (let c = 0; c < 3; c++) {
        const value = sum[c]! * view.intensity[c]! / rays ** 2;
        out[3 * at + c] = Math.floor(255 * Math.min(1, value) + 0.5);
      }
    }
  }

  /** Adds a ray's colour in light of intensity 1. */
  #addColour(placed: PlacedPart, view: View, row: number, column: number, sum: Float64Array): void {
    const { part, origin, right, up, forward, light, rgb, secondRgb } = placed;
    const [sx, sy, sz] = part.axes;
    const ray = row * this.#size * this.#rays + column;
    const t = this.#depth[ray]!;
    const x = HALF_FIELD * (this.#position(column) - view.shift[0]);
    const y = HALF_FIELD * (-this.#position(row) - view.shift[1]);
    const weight = textureWeight(
      part.texture,
      sx * (origin[0] + t * (forward[0] + x * right[0] + y * up[0])),
      sy * (origin[1] + t * (forward[1] + x * right[1] + y * up[1])),
      sz * (origin[2] + t * (forward[2] + x * right[2] + y * up[2])),
    );
    const nx = this.#normals[3 * ray]! / sx;
    const ny = this.#normals[3 * ray + 1]! / sy;
    const nz = this.#normals[3 * ray + 2]! / sz;
    const cosine = (nx * light[0] + ny * light[1] + nz * light[2]) /
      Math.sqrt(nx * nx + ny * ny + nz * nz);
    const lit = AMBIENT + DIFFUSE * Math.max(0, cosine);
    for (let c = 0; c < 3; c++) {
      sum[c]! += lit * (rgb[c]! + weight * (secondRgb[c]! - rgb[c]!));
    }
  }
}

function place(part: Part, view: View): PlacedPart {
  const { centre, rotation, axes } = part;
  const toObject = transposed(view.rotation);
  const toPart = (direction: Vector) => rotate(rotation, rotate(toObject, direction));
  const toUnit = (a: Vector): Vector => [a[0] / axes[0], a[1] / axes[1], a[2] / axes[2]];
  const ofCamera = (direction: Vector) => toUnit(scaled(1 / view.scale, toPart(direction)));
  return {
    part,
    origin: scaleAdd(-1, toUnit(rotate(rotation, centre)), ofCamera([0, 0, CAMERA_DISTANCE])),
    right: ofCamera([1, 0, 0]),
    up: ofCamera([0, 1, 0]),
    forward: ofCamera([0, 0, -1]),
    light: toPart(view.light),
    bounds: boundsOf(part, view),
    rgb: rgbOf(part.colour),
    secondRgb: rgbOf(part.secondColour),
  };
}

/** The picture of a ball around the part. */
function boundsOf({ solid, centre, axes }: Part, view: View): [number, number, number, number] {
  const [x, y, z] = scaled(view.scale, rotate(view.rotation, centre));
  const radius = view.scale *
    (solid === "sphere"
      ? Math.max(...axes)
      : solid === "cube"
      ? CUBE_HALF * norm(axes)
      : Math.hypot(axes[0], axes[2]));
  const distance = CAMERA_DISTANCE - z;
  const edge = (offset: number, sign: 1 | -1, shift: number) => {
    const angle = Math.atan2(offset, distance) +
      sign * Math.asin(Math.min(1, radius / Math.hypot(offset, distance)));
    return Math.tan(angle) / HALF_FIELD + shift;
  };
  return [
    edge(x, -1, view.shift[0]),
    edge(x, 1, view.shift[0]),
    edge(y, -1, view.shift[1]),
    edge(y, 1, view.shift[1]),
  ];
}
