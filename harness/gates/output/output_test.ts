import assert from "node:assert/strict";
import type { GateRow } from "../gate_row.ts";
import { annotations } from "./annotations.ts";
import { countStates, type GateReport, isGreen } from "./gate_report.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";

const EVIL = '"><script>|`\n::error::%\u0000';

function row(state: GateRow["state"], name = state): GateRow {
  return {
    name,
    state,
    baseline: "1",
    found: "2",
    rule: "within 1 %",
    pValue: null,
    adjusted: null,
    direction: 1,
    message: `why ${name}`,
  };
}

function report(rows: GateRow[], error: string | null = null): GateReport {
  return { id: "id-example-embedded", result: "r.json", baseline: "b.json", rows, error };
}

Deno.test("isGreen() is red for failures, for what cannot be compared and for errors only", () => {
  assert.ok(
    isGreen(report(["passed", "known", "warning", "flaky"].map((s) => row(s as GateRow["state"])))),
  );
  assert.ok(!isGreen(report([row("failed")])));
  assert.ok(!isGreen(report([row("not comparable")])));
  assert.ok(!isGreen(report([], "no such file")));
  assert.equal(countStates([row("failed"), row("passed"), row("passed")]), "2 passed, 1 failed");
});

Deno.test("junit() counts failures and errors, and survives any name", () => {
  const xml = junit([
    report([row("passed"), row("failed", EVIL as never), row("not comparable")]),
    report([], "gone"),
  ]);
  assert.match(xml, /tests="3" failures="1" errors="1"/);
  assert.match(xml, /tests="1" failures="0" errors="1"/);
  assert.ok(!xml.includes("<script>") && !xml.includes("\u0000"));
  assert.match(xml, /name="&quot;&gt;&lt;script&gt;\|`&#10;::error::%\ufffd"/);
});

Deno.test("markdown() shows failures, folds the rest, and survives any name", () => {
  const text = markdown([report([row("passed"), row("failed", EVIL as never)])]);
  assert.match(text, /^## Reproducibility gates: 1 of 1 experiments red/);
  assert.match(text, /<details><summary>1 passed<\/summary>/);
  assert.ok(!text.includes("<script>"));
  const table = text.split("\n").filter((line) => line.startsWith("|"));
  assert.ok(table.every((line) => line.split("|").length === 7), table.join("\n"));
  assert.match(markdown([report([row("passed")])]), /^## Reproducibility gates: green/);
});

Deno.test("annotations() are one line each, errors for what is red and warnings for the rest", () => {
  const lines = annotations([
    report([row("passed"), row("flaky"), row("failed", EVIL as never)]),
    report([], "gone"),
  ]);
  assert.equal(lines.length, 3);
  assert.match(lines[0]!, /^::warning file=b\.json,title=id-example-embedded%3A flaky::why flaky$/);
  assert.match(lines[1]!, /^::error file=b\.json,title=.*%0A%3A%3Aerror%3A%3A%25.*::why /);
  assert.ok(lines.every((line) => !line.includes("\n")));
});
