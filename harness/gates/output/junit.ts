/**
 * Gates as a JUnit file, which most CI systems show.
 *
 * @module
 */
import type { GateRow } from "../gate_row.ts";
import type { GateReport } from "./gate_report.ts";

/** XML text: one suite an experiment, one case a gate. No times, so that equal runs give equal files. */
export function junit(reports: readonly GateReport[]): string {
  const suites = reports.map(suite);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join("")}</testsuites>\n`;
}

function suite({ id, rows, error }: GateReport): string {
  const failures = rows.filter(({ state }) => state === "failed").length;
  const errors = rows.filter(({ state }) => state === "not comparable").length +
    (error === null ? 0 : 1);
  const tests = rows.length + (error === null ? 0 : 1);
  const cases = error === null
    ? rows.map((row) => testCase(id, row))
    : [element(id, "baseline and result", `<error message="${escapeXml(error)}"/>`)];
  return `  <testsuite name="${
    escapeXml(id)
  }" tests="${tests}" failures="${failures}" errors="${errors}">\n` +
    `${cases.join("")}  </testsuite>\n`;
}

function testCase(id: string, row: GateRow): string {
  const message = escapeXml(row.message);
  switch (row.state) {
    case "failed":
      return element(
        id,
        row.name,
        `<failure message="${message}">${escapeXml(row.rule)}</failure>`,
      );
    case "not comparable":
      return element(id, row.name, `<error message="${message}"/>`);
    case "passed":
      return element(id, row.name, "");
    default:
      return element(id, row.name, `<system-out>${row.state}: ${message}</system-out>`);
  }
}

function element(id: string, name: string, inner: string): string {
  const head = `    <testcase classname="${escapeXml(id)}" name="${escapeXml(name)}"`;
  return inner === "" ? `${head}/>\n` : `${head}>${inner}</testcase>\n`;
}

/** Text inside XML; characters that XML 1.0 cannot hold become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    // deno-lint-ignore no-control-regex
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd")
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;").replaceAll("\n", "&#10;");
}
