/**
 * Gates as Markdown, for a comment on a pull request.
 *
 * @module
 */
import { type GateRow, worstLast } from "../gate_row.ts";
import { countStates, type GateReport, isGreen } from "./gate_report.ts";

/** States that are told in full; the others are folded away. */
const NOTABLE: ReadonlySet<GateRow["state"]> = new Set([
  "failed",
  "not comparable",
  "flaky",
  "warning",
]);

/** A section an experiment: what needs eyes as a table, the rest folded. */
export function markdown(reports: readonly GateReport[]): string {
  const red = reports.filter((report) => !isGreen(report)).length;
  const title = red === 0
    ? "## Reproducibility gates: green"
    : `## Reproducibility gates: ${red} of ${reports.length} experiments red`;
  return [title, ...reports.map(section)].join("\n\n") + "\n";
}

function section(report: GateReport): string {
  const { id, rows, error } = report;
  const heading = `### ${isGreen(report) ? "✅" : "❌"} ${escapeMarkdown(id)}`;
  if (error !== null) return `${heading}\n\n${escapeMarkdown(error)}`;
  const notable = rows.filter(({ state }) => NOTABLE.has(state));
  const others = rows.filter(({ state }) => !NOTABLE.has(state));
  return [
    `${heading}: ${countStates(rows)}`,
    ...notable.length > 0 ? [tableOf(worstLast(notable))] : [],
    ...others.length > 0
      ? [
        `<details><summary>${countStates(others)}</summary>\n\n${
          tableOf(worstLast(others))
        }\n\n</details>`,
      ]
      : [],
  ].join("\n\n");
}

function tableOf(rows: readonly GateRow[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(["gate", "baseline", "found", "state", "why"]),
    line(["---", "--:", "--:", "---", "---"]),
    ...rows.map(({ name, baseline, found, state, message }) =>
      line([name, baseline, found ?? "-", state, message].map(escapeMarkdown))
    ),
  ].join("\n");
}

/** Text that Markdown and the HTML inside it show as it is, on one line. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(
    ">",
    "&gt;",
  )
    .replaceAll(/[\\`*_[\]|~@#!]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
