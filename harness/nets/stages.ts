/**
 * How a family of networks grows deeper.
 *
 * @module
 */

/** Stages of every family here: between them the images are halved. */
const STAGES = 4;

/**
 * Layers or blocks in each of four stages: equally many, and where that does not go, one more in the
 * later stages, as VGG-11 to VGG-19 have it. 6 gives 1, 1, 2, 2.
 *
 * @param total At least 4.
 */
export function stagesOf(total: number): number[] {
  return Array.from({ length: STAGES }, (_, stage) => Math.floor((total + stage) / STAGES));
}
