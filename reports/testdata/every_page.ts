/**
 * A page of each kind that the project writes, but for live pages, as files of a folder. No number in
 * them was measured.
 *
 * @module
 */
import { encode } from "fast-png";
import type { ExportedModel, InspectionResult, Result } from "../../harness/spec/mod.ts";
import { renderInspection } from "../inspection/render.ts";
import { renderPointsReport } from "../points/mod.ts";
import { embedded, renderExplanation, renderProtopnetReport } from "../protopnet/mod.ts";
import { renderReport } from "../render.ts";
import { publishedRuns, readContent, type SiteFile, siteFiles } from "../site/mod.ts";
import { fullProtopnetExample } from "../site/testdata/example_protopnet.ts";
import { dynamicsExampleResult } from "./example_digits.ts";
import { paperLinearExampleResult } from "./example_linear.ts";
import { objectsExampleResult } from "./example_objects.ts";
import { exampleResult } from "./example_result.ts";
import { hostile } from "./hostile.ts";
import { smallNetwork } from "./small_network.ts";

/** A picture. */
const PNG: Uint8Array<ArrayBuffer> = new Uint8Array(encode({
  ...{ width: 8, height: 8, channels: 3, depth: 8 },
  data: Uint8Array.from({ length: 192 }, (_, at) => (7 * at) % 256),
}));

/** Address of that picture inside a page. */
const picture = embedded(() => PNG);

const page = (path: string, text: string): SiteFile => ({
  path,
  bytes: new TextEncoder().encode(text),
});

/** All files; those that are pages end in `.html`. Every free text in them is hostile. */
export function* everyPage(): Generator<SiteFile> {
  const profiles: Record<string, Result> = {
    paper: exampleResult(),
    objects: objectsExampleResult(),
    dynamics: dynamicsExampleResult(),
    linear: paperLinearExampleResult(),
  };
  for (const [name, result] of Object.entries(profiles)) {
    yield page(`${name}.html`, renderReport(hostile(small(result))));
  }
  const protopnet = hostile(fullProtopnetExample());
  yield page("protopnet.html", renderProtopnetReport(protopnet, picture));
  yield page("explanation.html", explanationPage());
  yield page("inspection.html", renderInspection(hostile(inspection())));
  yield page("points.html", pointsPage());
  for (const { path, bytes } of exampleSite()) yield { path: `site/${path}`, bytes };
}

/** Networks of a report: more are more of the same, and take a browser long. */
const NETWORKS = 2;

/** The same with fewer networks on each data set. */
function small(result: Result): Result {
  const networks = [...Map.groupBy(result.networks, ({ data }) => data).values()]
    .flatMap((alike) => alike.slice(0, NETWORKS));
  return { ...result, networks };
}

/** The site of a run of each kind, on different days. */
function exampleSite(): Iterable<SiteFile> {
  const results = [
    small(exampleResult()),
    small(paperLinearExampleResult()),
    fullProtopnetExample(),
  ];
  const runs = results.map((result, at) => {
    const startedAt = `2020-01-0${at + 1}T00:00:00Z`;
    const { environment } = result;
    const dated = { ...hostile(result), environment: { ...environment, startedAt } };
    const text = JSON.stringify(dated);
    const content = readContent(text, `${at}.json`);
    const pictures = new Map(content.pictures.map((name) => [name, PNG]));
    return { file: `${at}.json`, bytes: new TextEncoder().encode(text), content, pictures };
  });
  return siteFiles(publishedRuns(runs));
}

function explanationPage(): string {
  const { sheets, models, classes } = fullProtopnetExample();
  const model: ExportedModel = {
    ...{ kind: "exported-protopnet", schemaVersion: 1, id: "small", summary: "Trained on birds." },
    ...{ title: models[0]!.title, onnx: "a".repeat(64), classes: classes["birds"]! },
    ...{ similarity: "log", images: [], prototypes: [] },
    input: { size: 8, channels: 3, mean: [0.5], std: [0.5] },
  };
  return renderExplanation(
    hostile({
      model,
      sheet: { ...sheets[0]!, label: null },
      logits: [2.75, -1],
      device: "cpu, onnxruntime-node",
    }),
    picture,
  );
}

function inspection(): InspectionResult {
  const model = smallNetwork("resnet18");
  return {
    ...exampleResult(),
    networks: [model, { ...model, id: "twin", title: "the twin", weights: "untrained" }],
    ...{ claims: [], notChecked: [], missing: [], notes: ["a note"] },
    findings: [true, false].map((concern) => ({
      ...{ id: "x", concern, title: "A finding", seen: "a.", meaning: "b.", limit: "c." },
    })),
    accuracy: { images: 500, classes: 1000, top1: 0.8, top5: 0.95, labels: "by classes.json" },
  };
}

function pointsPage(): string {
  const at = (points: number) => ({ points, id: 5 + points / 1000, error: 0.1 });
  return renderPointsReport(hostile({
    file: "points.npy",
    summary: ["1000 points of 20 features"],
    estimates: [["TwoNN", "5.0", "4.9 to 5.1"]],
    scales: [["Gride 2", "5.0", "0.1", "500"]],
    gride: [1000, 500, 250].map(at),
    blocks: [1000, 500, 250].map(at),
    ...{ hubs: ["one hub"], calibration: ["one line"], notes: ["a note"] },
    provenance: [["Command", "deno task estimate points.npy"]],
  }));
}
