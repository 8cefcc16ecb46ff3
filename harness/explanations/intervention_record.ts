/**
 * What interventions on one image showed, beside what the explanation said.
 *
 * @module
 */

/** Parts and background objects by number. */
export interface ImportantThings {
  readonly parts: readonly number[];
  readonly objects: readonly number[];
}

/** At one threshold: what the explanation calls important, and whether the model agrees. */
export interface ThresholdOutcome {
  readonly important: ImportantThings;
  /** Whether the prediction stays when all parts but the important ones are removed. */
  readonly preserved: boolean;
  /** Whether the prediction changes when the important parts are removed. */
  readonly deleted: boolean;
}

/** How the class's logit falls when one thing is removed. */
export interface LogitDrop {
  readonly kind: "part" | "object";
  readonly id: number;
  /** Logit of the whole image minus that without the thing. */
  readonly drop: number;
  /** What the explanation counts the thing. */
  readonly importance: number;
}

/** One image. Its class is the true one, whatever the model predicts. */
export interface InterventionRecord {
  readonly image: number;
  readonly label: number;
  readonly predicted: number;
  /** Logit of the true class. */
  readonly logit: number;
  /** Visible parts, then visible background objects. */
  readonly drops: readonly LogitDrop[];
  /** By threshold of {@linkcode THRESHOLDS}. */
  readonly outcomes: readonly ThresholdOutcome[];
  /** Target sensitivity: 0, 0.5 or 1; null where the image does not allow the test. */
  readonly contrast: number | null;
}

/** Thresholds of importance that are tried: 80 from 0.01 to 0.5 (Hesse et al. 2023). */
export const THRESHOLDS: readonly number[] = Array.from(
  { length: 80 },
  (_, at) => 0.01 + 0.49 * at / 79,
);
