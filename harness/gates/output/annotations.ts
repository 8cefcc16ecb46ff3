/**
 * Gates as annotations of GitHub Actions.
 *
 * @module
 */
import type { GateRow } from "../gate_row.ts";
import type { GateReport } from "./gate_report.ts";

const LEVEL: Readonly<Partial<Record<GateRow["state"], string>>> = {
  failed: "error",
  "not comparable": "error",
  flaky: "warning",
  warning: "warning",
};

/** One workflow command for every gate that needs eyes, pointing at the baseline. */
export function annotations(reports: readonly GateReport[]): string[] {
  return reports.flatMap(({ id, baseline, rows, error }) => {
    if (error !== null) return [command("error", baseline, id, error)];
    return rows.flatMap(({ name, state, message }) => {
      const level = LEVEL[state];
      return level ? [command(level, baseline, `${id}: ${name}`, message)] : [];
    });
  });
}

function command(level: string, file: string, title: string, message: string): string {
  return `::${level} file=${property(file)},title=${property(title)}::${data(message)}`;
}

/** A value of a workflow command; a line break in it would start another command. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
