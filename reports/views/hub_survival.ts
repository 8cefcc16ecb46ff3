/**
 * Which conclusions survive hubs: each check with the usual estimate and with those that withstand them.
 *
 * @module
 */
import type { Result } from "../../harness/spec/mod.ts";
import { digits, plural } from "./format.ts";
import { SIGNS } from "./verdicts.ts";

/** Headings by estimate, the usual one first. */
const ESTIMATES = {
  twonn_fit: "TwoNN, all images",
  twonn_fit_without_it: "without the strongest hub",
  twonn_fit_without_top_1_percent: "without the strongest 1 %",
  levina_bickel_k20: "Levina–Bickel, 20 neighbours",
} as const;

/** Null where no claim is about profiles, or the result is older than this table. */
export function hubSurvivalView({ hubSurvival }: Result) {
  if (!hubSurvival || hubSurvival.length === 0) return null;
  const names = Object.keys(ESTIMATES) as (keyof typeof ESTIMATES)[];
  const rows = hubSurvival.map(({ title, subject, checks }) => ({
    title,
    subject,
    cells: names.map((name) => {
      const check = checks.find(({ estimate }) => estimate === name);
      return check
        ? {
          ...SIGNS[check.verdict],
          verdict: check.verdict,
          value: check.value === null ? "" : digits(check.value),
        }
        : { sign: "–", style: "open", verdict: "no estimate", value: "" };
    }),
    kept: checks.every(({ verdict }) => verdict === checks[0]!.verdict),
  }));
  const kept = rows.filter((row) => row.kept).length;
  const changed = rows.filter((row) => !row.kept).map(({ title, subject }) =>
    `${title} (${subject})`
  );
  return {
    headings: Object.values(ESTIMATES),
    summary: `${kept} of ${plural(rows.length, "check")} ${kept === 1 ? "comes" : "come"} to the ` +
      `same verdict with every estimate.${
        changed.length > 0 ? ` Not so: ${changed.join("; ")}.` : ""
      }`,
    rows,
  };
}
