/**
 * The part of `result.json` on linear dimensions (Ansuini et al. 2019, section 3.3, Figure 5).
 *
 * @module
 */
import { z } from "zod";

const count = z.int().nonnegative();

const overDraws = z.strictObject({
  mean: z.number(),
  std_population: z.number().nonnegative(),
});

/** Gaussian points that stand for a representation that is flat. */
const gaussianNull = z.strictObject({
  twonn_fit_standardised: z.number()
    .describe("twonn_fit of the data themselves with standardised features, as PCA sees them"),
  repeats: count.describe("Draws at each size"),
  sizes: z.array(z.strictObject({
    blocks: count.describe("The entry of block_analysis with as many points"),
    points: count,
    covariance: overDraws.describe("twonn_fit, deviations s/sqrt(n-1): the covariance of the data"),
    legacy: overDraws.describe("twonn_fit, deviations sqrt(s), as in the authors' code"),
  })),
});

/** Linear dimensions: PCA of the correlation matrix of all images of a group. */
export const pca = z.strictObject({
  points: count.describe("Images, duplicates too"),
  features: count,
  constant_features: count.describe("Features that are equal for all images, left out"),
  n90: count.describe(
    "PC-ID: components that hold more than 90 % of the variance; at most points-1",
  ),
  ansuini_pc_id: z.int().describe("What the authors' code calls PC-ID: n90 - 1"),
  participation_ratio: z.number(),
  participation_ratio_corrected: z.number().nullable()
    .describe("Without the bias of few points; null where it cannot be told"),
  gap: z.strictObject({ rank: count, ratio: z.number() }).nullable()
    .describe("The largest ratio of an eigenvalue, among the first n90, to the next"),
  eigenvalue_error: z.number().nonnegative(),
  eigenvalues: z.strictObject({
    count,
    sum: z.number(),
    rank: z.array(count).describe("Ranks at about equal ratios, from 1 to count"),
    value: z.array(z.number().nonnegative()),
  }),
  gaussian_null: gaussianNull.nullable().describe("Null at layers where it was not asked for"),
});

/** What the paper's Figure 5 shows of an architecture. */
export const paperPca = z.strictObject({
  source: z.string(),
  spectrum: z.strictObject({
    points: count,
    rank: z.array(count),
    singular_value: z.array(z.number()),
  }).nullable().describe("Figure 5A: the last hidden layer, standardised features"),
  profile: z.strictObject({
    points: count,
    relativeDepth: z.array(z.number()),
    id: z.array(z.number()),
    pc_id: z.array(z.number()).describe("As the authors count it: one less than the components"),
  }).nullable().describe("Figure 5C"),
  gaussian_null: z.strictObject({
    points: z.array(count),
    id: z.array(z.number()),
    legacy: z.array(z.number()),
  }).nullable().describe("Figure 5B: the last hidden layer"),
});

export type PcaResult = z.infer<typeof pca>;
export type PaperPca = z.infer<typeof paperPca>;
