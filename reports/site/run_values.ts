/**
 * A run as a script: pages opened from a file may load scripts of their folder, but not read files.
 *
 * @module
 */
import type { PublishedRun } from "./published_run.ts";
import { checkView } from "./views/outcome.ts";
import { measuredText } from "./views/profiles_view.ts";
import { runLabel, runRow } from "./views/run_row.ts";

/** Text of the script; it hands the run to `harnessRuns`, see `compare_runs.js`. */
export function runValues(run: PublishedRun): string {
  const { frame, measured } = run.content;
  const row = runRow(run);
  const values = {
    label: runLabel(run),
    page: row.path,
    facts: [
      ["Experiment", row.experiment],
      ["Profile", row.profile],
      ["Made smaller by", row.narrowed || "nothing"],
      ["Seed", String(row.seed)],
      ["Device", `${row.device}, ${row.threads} threads`],
      ["Runtime", row.runtime],
      ["Training engine", row.engine],
      ["Deno", row.deno],
      ["Code", row.commit],
      ["System", row.system],
      ["Started", row.started],
      ["Took", row.took],
    ],
    checks: frame.claims.map((claim) => {
      const { verdict, estimate, interval } = { ...checkView(claim), verdict: claim.verdict };
      return [`${claim.title}: ${claim.subject}`, verdict, estimate, interval];
    }),
    measure: run.content.measure,
    measured: measured.map((one) => [
      `${one.model}, ${one.quantity}`,
      one.value,
      measuredText(one),
    ]),
  };
  return `harnessRuns.add(${script(run.slug)}, ${script(values)});\n`;
}

/** JSON that is also a harmless script. */
function script(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
