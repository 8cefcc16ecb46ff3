/**
 * acc.correlation: across networks the ID of the last hidden layer goes with the test error (Ansuini et
 * al. 2019, Figure 4).
 *
 * Fisher's interval decides: a bootstrap of a handful of networks covers too little. But it believes in
 * normal values, so that one far network can carry it; the permutation test must agree.
 *
 * @module
 */
import { randomStream } from "../base/mod.ts";
import {
  bootstrapInterval,
  correlationPermutationTest,
  correlationPValue,
  fisherInterval,
  holmAdjust,
  leaveOneOut,
  pearsonCorrelation,
  spearmanCorrelation,
  verdictFromInterval,
  withinGroupsCorrelation,
} from "../stats/mod.ts";
import type { ClaimResult, ClaimSpec } from "../spec/mod.ts";
import {
  type AccuracyPoint,
  byFamily,
  classwisePoints,
  pointsByData,
  publishedPoints,
} from "./accuracy_points.ts";
import { type ClaimCheck, digits, LEVEL } from "./claim.ts";

/** Points that a correlation needs at the least to be judged. */
const FEWEST_POINTS = 5;

/** Networks of a family whose own correlation is listed. */
const FEWEST_MEMBERS = 3;

/** Resamples of the networks for the bootstrap interval. */
const RESAMPLES = 2000;

/**
 * For each data set: the correlation over all networks, the smallest without one of them, and that
 * within families; then the same for the paper's own points. Only the first can gate, and only where
 * all its networks do: the others ask for more than the paper claims.
 */
export const accuracyCorrelation: ClaimCheck = (spec, networks, trainings) => {
  const byData = pointsByData(networks, trainings);
  if (byData.size === 0) byData.set("any data", []);
  return [
    ...[...byData].flatMap(([data, points]) => {
      const subject = `${points.length} networks on ${data}`;
      const severity = points.every(({ gates }) => gates) ? spec.severity : "info" as const;
      const whole = { ...overAll(spec, points, subject), severity };
      return points.length < FEWEST_POINTS
        ? [whole]
        : [whole, withoutOne(spec, points, subject), withinFamilies(spec, points, subject)];
    }),
    published(spec),
  ];
};

function overAll(
  spec: ClaimSpec,
  points: readonly AccuracyPoint[],
  subject: string,
): ClaimResult {
  const n = points.length;
  const check = measured(spec, pearsonCorrelation(points), n, `${n} networks`);
  const result = {
    ...check,
    tolerance: `${check.tolerance}; and a permutation p below ${digits(1 - LEVEL)}`,
    title: "The ID of the last hidden layer goes with the test error",
    subject,
    statistic: "Pearson's r of the ID of the last hidden layer and the test error; one point a " +
      "network, its means over groups of images and replicates",
    expected: spec.expected,
    explanation: `ID, test error in %: ${listed(points, ({ x, y }) => [x, y])}.`,
  };
  return result.estimate === null ? result : comparedWithPermutations(result, points);
}

/** Without a small permutation p nothing is reproduced. */
function comparedWithPermutations(
  result: ClaimResult,
  points: readonly AccuracyPoint[],
): ClaimResult {
  const random = randomStream(0, result.id, ...points.map(({ name }) => name));
  const { pValue, orders } = correlationPermutationTest(points, random);
  const rho = spearmanCorrelation(points);
  const bootstrap = bcaInterval(points, random);
  const isByChance = result.verdict === "reproduced" && pValue >= 1 - LEVEL;
  return {
    ...result,
    test: `${result.test}; permutation p ${digits(pValue)} (${orders} orders)`,
    verdict: isByChance ? "inconclusive" : result.verdict,
    explanation: `Spearman's rho ${digits(rho)} (p ${
      digits(correlationPValue(rho, points.length))
    }, t approximation); bootstrap interval of r (BCa): ${
      bootstrap?.map(digits).join(" to ") ?? "none"
    }. ${result.explanation}`,
  };
}

function withoutOne(
  spec: ClaimSpec,
  points: readonly AccuracyPoint[],
  subject: string,
): ClaimResult {
  const rs = leaveOneOut(points, pearsonCorrelation);
  const n = points.length - 1;
  return {
    ...measured(spec, Math.min(...rs), n, `${n} networks, the worst choice`),
    title: "No single network makes the correlation",
    subject: `${subject}: without one`,
    statistic: "Smallest Pearson's r without one of the networks",
    expected: `${digits(Math.min(...leaveOneOut(publishedPoints(), pearsonCorrelation)))} in ` +
      "Figure 4, without AlexNet",
    explanation: `r without each: ${listed(points, (_, at) => [rs[at]!])}.`,
  };
}

function withinFamilies(
  spec: ClaimSpec,
  points: readonly AccuracyPoint[],
  subject: string,
): ClaimResult {
  const { r, effectiveN } = pooled(points);
  return {
    ...measured(spec, r, effectiveN, `n - families + 1 = ${effectiveN} in families of two or more`),
    title: "The correlation holds within families of networks",
    subject: `${subject}: within families`,
    statistic:
      "Pooled within-family Pearson's r; a family is the letters that the architecture's " +
      "name begins with",
    expected: `${digits(pooled(publishedPoints()).r)} in Figure 4 (VGGs, ResNets)`,
    explanation: `Each family of ${FEWEST_MEMBERS} or more: ${familiesListed(points)}.`,
  };
}

/** The paper's points, and what they say beyond the paper's text. */
function published(spec: ClaimSpec): ClaimResult {
  const points = publishedPoints();
  const classwise = classwisePoints();
  const r = pearsonCorrelation(classwise);
  const result = overAll(spec, points, `Figure 4: ${points.length} networks`);
  return {
    ...result,
    title: "The paper's own points, analysed in the same way",
    expected: "0.94 over all networks, 0.99 over the ResNets, in the text",
    explanation:
      `Families: ${familiesListed(points)}. ${worstChoice(points)} With the class-wise IDs of ` +
      `Figure 3B, from ` +
      `500 images of one class, r is ${digits(r)} (p ${
        digits(correlationPValue(r, points.length))
      }); families: ${familiesListed(classwise)}. ${result.explanation}`,
  };
}

/** The smallest correlation without one of the points, as a sentence. */
function worstChoice(points: readonly AccuracyPoint[]): string {
  const rs = leaveOneOut(points, pearsonCorrelation);
  const r = Math.min(...rs);
  return `Without ${points[rs.indexOf(r)]!.name}, the network that matters most, r is ${
    digits(r)
  } ` +
    `(p ${digits(correlationPValue(r, points.length - 1))}).`;
}

type Measured = Omit<ClaimResult, "title" | "subject" | "statistic" | "expected" | "explanation">;

/** The t test and the interval of a correlation over `n` points, which `over` describes. */
function measured(spec: ClaimSpec, r: number, n: number, over: string): Measured {
  const common = {
    id: spec.id,
    severity: "info",
    source: spec.source,
    tolerance: `at least ${spec.threshold}: ${spec.why}`,
    refutedBy: `An r whose whole interval lies below ${spec.threshold}`,
  } as const;
  if (n < FEWEST_POINTS || !Number.isFinite(r)) {
    return {
      ...common,
      estimate: null,
      interval: null,
      level: null,
      test: n < FEWEST_POINTS
        ? `none: ${over}, at least ${FEWEST_POINTS} wanted`
        : "none: the IDs or the errors are all equal",
      pValue: null,
      verdict: "inconclusive",
    };
  }
  const interval = fisherInterval(r, n, LEVEL);
  return {
    ...common,
    estimate: r,
    interval: [...interval],
    level: LEVEL,
    test: `two-sided t test of r = 0 over ${over}; Fisher's interval`,
    pValue: correlationPValue(r, n),
    verdict: verdictFromInterval(interval, { min: spec.threshold }),
  };
}

function pooled(points: readonly AccuracyPoint[]) {
  return withinGroupsCorrelation([...byFamily(points).values()]);
}

/** Undefined where the points are so few or so much on a line that BCa has nothing to correct by. */
function bcaInterval(
  points: readonly AccuracyPoint[],
  random: ReturnType<typeof randomStream>,
): readonly [number, number] | undefined {
  const options = { level: LEVEL, repeats: RESAMPLES, method: "bca" } as const;
  try {
    return bootstrapInterval(points, pearsonCorrelation, random, options);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function listed(
  points: readonly AccuracyPoint[],
  numbers: (point: AccuracyPoint, at: number) => readonly number[],
): string {
  return points.map((point, at) => `${point.name} ${numbers(point, at).map(digits).join(", ")}`)
    .join("; ") || "none";
}

/** Each family's own r, with p-values that Holm's correction makes valid together. */
function familiesListed(points: readonly AccuracyPoint[]): string {
  const families = [...byFamily(points)]
    .map(([name, members]) => ({ name, length: members.length, r: pearsonCorrelation(members) }))
    .filter(({ length, r }) => length >= FEWEST_MEMBERS && !Number.isNaN(r));
  const pValues = holmAdjust(families.map(({ r, length }) => correlationPValue(r, length)));
  return families.map(({ name, length, r }, at) =>
    `${name} ${digits(r)} (${length} networks, p ${digits(pValues[at]!)} after Holm)`
  ).join("; ") || "none";
}
