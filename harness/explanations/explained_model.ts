/**
 * What every explained model offers, so that prototypes, class activation maps and part detectors are
 * measured by the same code.
 *
 * @module
 */

/** Something that argues for or against a class: a prototype, a channel, a part detector. */
export interface Unit {
  /** Number of the unit in the model; classes may share units. */
  readonly id: number;
  /** Its answer at each cell of the latent grid, row by row. */
  readonly map: Float64Array;
  /** Its answer for the image, as the model uses it. */
  readonly score: number;
  /** Connection to the class. */
  readonly weight: number;
}

/** The answers of all units to one image. */
export interface UnitPeaks {
  /** By unit: its answer for the image. */
  readonly scores: Float64Array;
  /** By unit: the cell with the largest answer, a row-major index. */
  readonly cells: Int32Array;
}

/** A model's decision on one image, and where it comes from. Everything but the logits is made on demand. */
export interface ImageExplanation {
  /** [K]. */
  readonly logits: Float32Array;
  /** Rows and columns of the latent grid. */
  readonly rows: number;
  readonly columns: number;
  peaks(): UnitPeaks;
  /** By unit: score x weight for class `label`; their sum is the logit. */
  pointsFor(label: number): Float64Array;
  /** The units of class `label`: the same ones in the same order for every image. */
  unitsOf(label: number): readonly Unit[];
  /** What to show as the reason for class `label`: maps, weights and scores. */
  evidenceFor(label: number): readonly Unit[];
}

/** A classifier that explains itself. */
export interface ExplainedModel {
  readonly classes: number;
  /** Units of all classes together; their numbers are below it. */
  readonly units: number;
  /** Units that some class builds on: those that purity is a mean over. */
  readonly relevant: readonly number[];
  /**
   * Explains `count` images.
   *
   * @param pixels The network's input, image after image.
   */
  explain(pixels: Float32Array, count: number): Promise<readonly ImageExplanation[]>;
}

/** The class with the largest logit; of equal ones the first. */
export function predictedClass({ logits }: ImageExplanation): number {
  return logits.reduce((best, logit, label) => logit > logits[best]! ? label : best, 0);
}
