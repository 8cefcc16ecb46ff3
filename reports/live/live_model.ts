/**
 * What a live page is made of.
 *
 * @module
 */
import { RunError } from "../../harness/base/mod.ts";
import type { PrototypeLayer } from "../../harness/prototypes/prototype_layer.ts";
import type { LiveInput } from "./explanation.ts";

/** Images that a page can offer. */
export const MOST_IMAGES = 200;

/** A trained ProtoPNet with everything that a reader is shown of it. */
export interface LiveModel {
  readonly title: string;
  /** What was trained on what, in a sentence or two. */
  readonly summary: string;
  /** ONNX: input `images` [N, 3, size, size], outputs `latent` [N, D, h, w] and `logits` [N, K]. */
  readonly onnx: Uint8Array;
  readonly input: LiveInput;
  /** Names of the K classes. */
  readonly classes: readonly string[];
  /** The same numbers as in the ONNX file. */
  readonly layer: PrototypeLayer;
  /** The P prototypes. */
  readonly prototypes: readonly LivePrototype[];
  /** Images that the network was not trained on, at least one. */
  readonly images: readonly LiveImage[];
  /** Address of scoring sheets that need no script, from the folder of the page. */
  readonly sheets: string;
  /** Address of the page that leads here, from the folder of the page. */
  readonly home: string;
}

/** Where a prototype comes from. */
export interface LivePrototype {
  /** For instance the name of its training image. */
  readonly name: string;
  /** PNG of that image with a box around the patch. */
  readonly picture: Uint8Array;
}

/** An image that the page offers. */
export interface LiveImage {
  readonly name: string;
  /** True class. */
  readonly label: number;
  /** RGB PNG of exactly the input's size. */
  readonly png: Uint8Array;
  /** What the harness found, [K]. */
  readonly logits: ArrayLike<number>;
}

/**
 * Refuses a model whose parts do not fit together.
 *
 * @throws {RunError} Naming the part, what was found and what was wanted.
 */
export function requireLiveModel(model: LiveModel): void {
  const { classes, layer, prototypes, images } = model;
  requireCount(model, "classes", classes.length, layer.classes);
  requireCount(model, "prototypes", prototypes.length, layer.classOf.length);
  if (images.length === 0 || images.length > MOST_IMAGES) {
    throw new RunError(
      `live page ${model.title}: found ${images.length} images, wanted 1 to ${MOST_IMAGES}`,
    );
  }
  for (const { name, label, logits } of images) {
    requireCount(model, `logits of ${name}`, logits.length, layer.classes);
    if (!(label in classes)) {
      throw new RunError(
        `live page ${model.title}: found ${name} of class ${label}, wanted 0 to ${
          classes.length - 1
        }`,
      );
    }
  }
}

function requireCount({ title }: LiveModel, what: string, found: number, wanted: number): void {
  if (found !== wanted) {
    throw new RunError(`live page ${title}: ${what}: found ${found}, wanted ${wanted}`);
  }
}
