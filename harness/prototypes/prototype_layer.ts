/**
 * The prototype layer of a ProtoPNet as a value, and the latent maps it looks at (Chen et al. 2019,
 * section 2.1).
 *
 * @module
 */
import { RunError } from "../base/mod.ts";

/** Prototypes, their classes and the last layer that turns similarities into logits. */
export interface PrototypeLayer {
  /** K. */
  readonly classes: number;
  /** D, channels of a latent patch. */
  readonly depth: number;
  /** [P, D]. */
  readonly vectors: Float32Array;
  /** Class of each of the P prototypes. */
  readonly classOf: Int32Array;
  /** Last layer, [K, P]. */
  readonly weights: Float32Array;
  readonly similarity: "log" | "linear";
}

/** Outputs of the add-on layers for some images. */
export interface LatentMaps {
  /** Images. */
  readonly count: number;
  /** D. */
  readonly depth: number;
  /** Rows of cells. */
  readonly height: number;
  /** Columns of cells. */
  readonly width: number;
  /** [count, depth, height, width]. */
  readonly data: Float32Array;
}

/**
 * Refuses a layer whose arrays do not fit together.
 *
 * @throws {RunError} Naming the array, its length and the wanted one, or a class that is none.
 */
export function requirePrototypeLayer(layer: PrototypeLayer): void {
  const prototypes = layer.classOf.length;
  if (prototypes === 0) {
    throw new RunError("prototype layer: found no prototype, wanted at least one");
  }
  const wrong = layer.classOf.find((label) => label < 0 || label >= layer.classes);
  if (wrong !== undefined) {
    throw new RunError(
      `prototype layer: found a prototype of class ${wrong}, wanted 0 to ${layer.classes - 1}`,
    );
  }
  requireLength("vectors", layer.vectors.length, prototypes * layer.depth);
  requireLength("last layer", layer.weights.length, prototypes * layer.classes);
}

/**
 * Refuses latent maps that do not fit the layer.
 *
 * @throws {RunError} Naming the depth or the length found and the wanted one.
 */
export function requireLatentMaps(layer: PrototypeLayer, maps: LatentMaps): void {
  if (maps.depth !== layer.depth) {
    throw new RunError(
      `latent maps: found ${maps.depth} channels, wanted the prototypes' ${layer.depth}`,
    );
  }
  requireLength(
    "latent maps",
    maps.data.length,
    maps.count * maps.depth * maps.height * maps.width,
  );
}

/** Prototypes of a class, ascending. */
export function prototypesOfClass(layer: PrototypeLayer, label: number): Int32Array {
  return Int32Array.from(layer.classOf.keys()).filter((p) => layer.classOf[p] === label);
}

function requireLength(what: string, found: number, wanted: number): void {
  if (found !== wanted) throw new RunError(`${what}: found ${found} values, wanted ${wanted}`);
}
