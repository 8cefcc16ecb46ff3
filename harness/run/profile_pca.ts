/**
 * The linear dimensions of one layer: PCA of the correlation matrix, and Gaussian points with the
 * covariance of the data (Ansuini et al. 2019, section 3.3, Figure 5).
 *
 * @module
 */
import type { RandomStream } from "../base/mod.ts";
import type { Device } from "../device/mod.ts";
import {
  columnMoments,
  type CorrelationSpectrum,
  correlationSpectrum,
  type Features,
  featuresInFile,
  findNeighbours,
  gaussianNull,
  logRatios,
  type NullScaling,
  pcaSummary,
  singularValues,
  standardisedRows,
  twonnFit,
} from "../estimators/mod.ts";
import type { PcaResult, PcaSpec } from "../spec/mod.ts";
import { mean, populationDeviation } from "../stats/mod.ts";

/** Version of the code below; part of every cell that uses it. */
export const PCA_VERSION = 2;

/** Eigenvalues kept of each factor of ten in rank. */
const RANKS_A_DECADE = 20;

/** Points that a block of the block analysis has at the least. */
const FEWEST_POINTS = 20;

/** Rows that are standardised at once. */
const ROWS = 32;

/** What the PCA of a layer needs besides its features. */
export interface PcaContext {
  readonly device: Device;
  readonly temporaryFolder: string;
  /** Sizes and draws of the Gaussian points; undefined for a layer without them. */
  readonly gaussians: Pick<PcaSpec, "nullBlocks" | "nullRepeats"> | undefined;
  /** A stream for each draw. */
  randomOf(...axes: readonly string[]): RandomStream;
}

/** @throws {RangeError} When there are more than 4096 points and features. */
export async function profilePca(features: Features, context: PcaContext): Promise<PcaResult> {
  const spectrum = await correlationSpectrum(features, context.device);
  const { gap, ...summary } = pcaSummary(spectrum);
  return {
    ...summary,
    gap: gap && { ...gap },
    eigenvalues: thinned(spectrum.eigenvalues),
    gaussian_null: context.gaussians
      ? await gaussianEstimates(features, spectrum, context.gaussians, context)
      : null,
  };
}

/** The eigenvalues at ranks 1, 2 ... and the last. */
function thinned(eigenvalues: Float64Array): PcaResult["eigenvalues"] {
  const rank = logarithmicRanks(eigenvalues.length);
  return {
    count: eigenvalues.length,
    sum: eigenvalues.reduce((sum, value) => sum + value, 0),
    rank,
    value: rank.map((at) => eigenvalues[at - 1]!),
  };
}

/** Whole numbers from 1 to `last` at about equal ratios. */
export function logarithmicRanks(last: number): number[] {
  const steps = Math.floor(RANKS_A_DECADE * Math.log10(last));
  const ranks = Array.from(
    { length: steps + 1 },
    (_, step) => Math.round(10 ** (step / RANKS_A_DECADE)),
  );
  return [...new Set([...ranks, last])];
}

async function gaussianEstimates(
  features: Features,
  spectrum: CorrelationSpectrum,
  { nullBlocks, nullRepeats }: NonNullable<PcaContext["gaussians"]>,
  context: PcaContext,
): Promise<PcaResult["gaussian_null"]> {
  const { points } = spectrum;
  const cloud = { singularValues: singularValues(spectrum), points };
  const sizes = [];
  for (const blocks of nullBlocks) {
    const size = Math.floor(points / blocks);
    if (size < FEWEST_POINTS) continue;
    const estimates = async (scaling: NullScaling) => {
      const values: number[] = [];
      for (let repeat = 0; repeat < nullRepeats; repeat++) {
        const random = context.randomOf(scaling, String(blocks), String(repeat));
        using drawn = gaussianNull(cloud, size, random, { scaling });
        values.push(await dimensionOf(drawn, context.device));
      }
      return { mean: mean(values), std_population: populationDeviation(values) };
    };
    sizes.push({
      blocks,
      points: size,
      covariance: await estimates("covariance"),
      legacy: await estimates("legacy"),
    });
  }
  using standardised = standardisedCopy(features, context.temporaryFolder);
  return {
    twonn_fit_standardised: await dimensionOf(standardised, context.device),
    repeats: nullRepeats,
    sizes,
  };
}

async function dimensionOf(features: Features, device: Device): Promise<number> {
  const { lists } = await findNeighbours(device, features, 2);
  return twonnFit(logRatios(lists)).value;
}

/** In a file, since it is as large as the activations, which have used up their share of memory. */
function standardisedCopy(features: Features, folder: string): Features {
  const { points, features: columns } = features;
  const path = `${folder}/standardised-${crypto.randomUUID()}`;
  const copy = featuresInFile(points, columns, path);
  let row = 0;
  for (const { rows, values } of standardisedRows(features, columnMoments(features), ROWS)) {
    copy.write(row, values);
    row += rows;
  }
  return copy;
}
