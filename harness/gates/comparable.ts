/**
 * Whether two runs measured the same thing.
 *
 * @module
 */
import type { Basis, Measured, MeasuredData, Place } from "./measured.ts";

/** What keeps two runs from being compared, one sentence part each; empty when nothing does. */
export function whyNotComparable(before: Basis, after: Basis): string[] {
  const reasons: string[] = [];
  const same = (what: string, was: string | number, is: string | number) => {
    if (was !== is) reasons.push(`${what} changed: was ${short(was)}, is ${short(is)}`);
  };
  same("kind of result", before.kind, after.kind);
  same("version of the metrics", before.metricsVersion, after.metricsVersion);
  same("experiment", before.experiment, after.experiment);
  same("profile", before.profile, after.profile);
  same("specification", before.specSha256, after.specSha256);
  same("images a group", before.samples ?? "none", after.samples ?? "none");
  same(
    "narrowed by",
    before.narrowed.join(" ") || "nothing",
    after.narrowed.join(" ") || "nothing",
  );
  reasons.push(...changedWeights(before.weights, after.weights));
  reasons.push(...changedData(before.data, after.data, before.seed === after.seed));
  return reasons;
}

function short(value: string | number): string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value)
    ? value.slice(0, 12)
    : String(value);
}

function changedWeights(before: Basis["weights"], after: Basis["weights"]): string[] {
  return Object.keys({ ...before, ...after }).flatMap((id) =>
    before[id] === after[id] ? [] : [
      `weights of ${id} changed: was ${short(before[id] ?? "absent")}, is ${
        short(after[id] ?? "absent")
      }`,
    ]
  );
}

/** Other seeds draw other images, but as many groups of as many images from the same source. */
function changedData(
  before: readonly MeasuredData[],
  after: readonly MeasuredData[],
  sameSeed: boolean,
): string[] {
  const ids = new Set([...before, ...after].map(({ id }) => id));
  return [...ids].flatMap((id) => {
    const [was, is] = [before, after].map((data) => data.find((set) => set.id === id));
    if (!was || !is) return [`data ${id} ${was ? "is gone" : "is new"}`];
    const [old, now] = [was, is].map(({ groups }) =>
      groups.map(({ n, sha256 }) => sameSeed ? sha256 : String(n)).join(" ")
    );
    if (was.title !== is.title) return [`data ${id} changed: was ${was.title}, is ${is.title}`];
    if (old === now) return [];
    return [
      sameSeed
        ? `images of data ${id} changed`
        : `groups of data ${id} changed: sizes were ${old}, are ${now}`,
    ];
  });
}

/**
 * Whether two runs are one and the same computation, by everything that a result tells: then a
 * difference is no noise, and other seeds cannot excuse it.
 */
export function isSameComputation(
  { basis, place }: Pick<Measured, "basis" | "place">,
  run: Pick<Measured, "basis" | "place">,
): boolean {
  return basis.seed === run.basis.seed && placeKey(place) === placeKey(run.place) &&
    mayShareProcessor(place, run.place);
}

/** Not all runs know their processor. */
function mayShareProcessor({ machine: a }: Place, { machine: b }: Place): boolean {
  return !a?.cpu || !b?.cpu || a.cpu === b.cpu;
}

/** The packages that computed are in `versions`, each by itself: the lock file covers others too. */
function placeKey({ commit: _, lockSha256: __, machine: ___, versions, ...place }: Place): string {
  const sorted = Object.entries(versions).sort(([a], [b]) => a < b ? -1 : 1);
  return JSON.stringify([Object.entries(place).sort(([a], [b]) => a < b ? -1 : 1), sorted]);
}
