import assert from "node:assert/strict";
import type { InspectionResult } from "../../harness/spec/mod.ts";
import { smallNetwork } from "../testdata/small_network.ts";
import { exampleResult } from "../testdata/example_result.ts";
import { renderInspection } from "./render.ts";

const accuracy = { images: 500, classes: 1000, top1: 0.8, top5: 0.95, labels: "by classes.json" };

function inspection(changes: Partial<InspectionResult> = {}): InspectionResult {
  const model = smallNetwork("resnet18");
  return {
    ...exampleResult(),
    networks: [model, { ...model, id: "twin", title: "the twin", weights: "untrained" }],
    claims: [],
    notChecked: [],
    missing: [],
    notes: ["a note"],
    findings: [{
      id: "x",
      concern: true,
      title: "Title <of> it",
      seen: "a.",
      meaning: "b.",
      limit: "c.",
    }],
    accuracy: null,
    ...changes,
  };
}

Deno.test("renderInspection() puts findings first, apart from the notes", () => {
  const page = renderInspection(inspection());
  const [findings, papers, notes] = ["findings", "papers", "notes"].map((id) =>
    page.indexOf(`<h2 id="${id}">`)
  );
  assert.ok(0 < findings! && findings! < papers! && papers! < notes!);
  assert.match(page, /1 of 1 deserve a look/);
  assert.match(page, /Title &lt;of&gt; it/);
  assert.match(page, /<dt>Does not prove<\/dt><dd>c\.<\/dd>/);
  assert.match(page, /The model's error is not known/);
  assert.doesNotMatch(page, /https?:\/\/(?!www\.w3\.org)/);
});

Deno.test("renderInspection() shows the accuracy where classes are known", () => {
  const page = renderInspection(inspection({ accuracy }));
  assert.match(page, /names 80\.0 % right, 95\.0 % among its five best/);
  assert.match(page, /top-5 error 5\.00 %/);
});

Deno.test("renderInspection() compares no network without inner layers", () => {
  const [model] = inspection().networks;
  const networks = [{ ...model!, layers: model!.layers.slice(0, 2) }];
  assert.doesNotMatch(renderInspection(inspection({ networks })), /id="papers"/);
});
