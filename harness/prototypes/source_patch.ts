/**
 * Patches of training images that prototypes become.
 *
 * @module
 */

/** A patch of a training image. */
export interface SourcePatch {
  /** Number of the image through all batches. */
  readonly image: number;
  /** Row-major index into the latent grid. */
  readonly cell: number;
  /** Squared distance between the prototype before projection and the patch. */
  readonly distance: number;
}

/** A patch that a prototype may become. */
export interface Candidate extends SourcePatch {
  readonly vector: Float32Array;
}
