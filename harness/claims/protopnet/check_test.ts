import assert from "node:assert/strict";
import { UsageError } from "../../base/mod.ts";
import type { ClaimResult, ClaimSpec } from "../../spec/mod.ts";
import { madeModel, madeRun } from "../testdata/protopnet_models.ts";
import { checkProtopnetClaims, requireProtopnetClaims } from "./check.ts";
import type { Evidence } from "./claim.ts";

const spec = (id: string, threshold: number): ClaimSpec => ({
  id,
  severity: "gate",
  threshold,
  expected: "as the paper says",
  why: "for a test",
  source: "made up",
});

const check = (id: string, threshold: number, evidence: Partial<Evidence>): ClaimResult[] =>
  checkProtopnetClaims([spec(id, threshold)], { models: [], ensembles: [], seed: 1, ...evidence });

/** `right` of `images` correct, the first ones. */
const digitsOf = (right: number, images = 200) => "1".repeat(right) + "0".repeat(images - right);

const three = (right: number) => [0, 1, 2].map((replicate) => madeRun(replicate, digitsOf(right)));

Deno.test("proto.accuracy is reproduced when both are right about the same images", () => {
  const models = [
    madeModel("p", "protopnet", three(180)),
    madeModel("c", "classifier", three(180)),
  ];
  const [claim] = check("proto.accuracy", -3.5, { models });
  assert.equal(claim!.verdict, "reproduced");
  assert.equal(claim!.estimate, 0);
});

Deno.test("proto.accuracy is not reproduced when the ProtoPNet is far behind", () => {
  const models = [
    madeModel("p", "protopnet", three(120)),
    madeModel("c", "classifier", three(190)),
  ];
  const [claim] = check("proto.accuracy", -3.5, { models });
  assert.equal(claim!.verdict, "not reproduced");
  assert.ok(Math.abs(claim!.estimate! + 35) < 1e-9);
  assert.match(claim!.explanation, /only the classifier about 210/);
});

Deno.test("proto.accuracy is inconclusive when the interval holds the edge", () => {
  const models = [
    madeModel("p", "protopnet", three(176)),
    madeModel("c", "classifier", three(183)),
  ];
  assert.equal(check("proto.accuracy", -3.5, { models })[0]!.verdict, "inconclusive");
});

Deno.test("proto.accuracy compares within one backbone and one data set only", () => {
  const models = [
    madeModel("p", "protopnet", three(180)),
    madeModel("c", "classifier", three(180), { backbone: "resnet34" }),
    madeModel("d", "classifier", three(180), { data: "cub" }),
  ];
  assert.deepEqual(check("proto.accuracy", -3.5, { models }), []);
});

Deno.test("a claim about a model that does not gate is information", () => {
  const models = [
    madeModel("p", "protopnet", three(180), { gates: false }),
    madeModel("c", "classifier", three(180)),
  ];
  assert.equal(check("proto.accuracy", -3.5, { models })[0]!.severity, "info");
});

Deno.test("proto.ensemble compares with the member that validation likes, not the test's best", () => {
  const runs = (right: number, validation: number) =>
    [0, 1, 2].map((replicate) =>
      madeRun(replicate, digitsOf(right), { validation: { loss: 1, accuracy: validation } })
    );
  const models = [
    madeModel("liked", "protopnet", runs(150, 0.95)),
    madeModel("lucky", "protopnet", runs(190, 0.9)),
  ];
  const ensembles = [{
    id: "both",
    members: ["liked", "lucky"],
    runs: [0, 1, 2].map((replicate) => {
      const { test } = madeRun(replicate, digitsOf(180));
      return { replicate, test };
    }),
  }];
  const [claim] = check("proto.ensemble", 0, { models, ensembles });
  assert.ok(Math.abs(claim!.estimate! - 15) < 1e-9);
  assert.equal(claim!.verdict, "reproduced");
});

Deno.test("proto.additive takes the worst run", () => {
  const runs = [1e-7, 2e-5].map((largestError, replicate) =>
    madeRun(replicate, "1", {
      additivity: { images: 10, largestError, largestRelativeError: 1e-8 },
    })
  );
  const models = [madeModel("p", "protopnet", runs)];
  assert.equal(check("proto.additive", 1e-5, { models })[0]!.verdict, "not reproduced");
  assert.equal(check("proto.additive", 1e-4, { models })[0]!.verdict, "reproduced");
});

Deno.test("proto.cases wants the patch and its place", () => {
  const projection = {
    epoch: 10,
    accuracyBefore: 0.9,
    accuracyAfter: 0.9,
    moved: 0.1,
    largestDistance: 1e-6,
    notAtArgmax: 0,
    duplicates: 0,
    identicalClasses: [],
  };
  const verdictOf = (more: Partial<typeof projection>) =>
    check("proto.cases", 2e-5, {
      models: [
        madeModel("p", "protopnet", [madeRun(0, "1", { projection: { ...projection, ...more } })]),
      ],
    })[0]!.verdict;
  assert.equal(verdictOf({}), "reproduced");
  assert.equal(verdictOf({ largestDistance: 1e-3 }), "not reproduced");
  assert.equal(verdictOf({ notAtArgmax: 1 }), "not reproduced");
});

Deno.test("proto.pruning is inconclusive with fewer than three runs", () => {
  const pruning = {
    neighbours: 6,
    threshold: 3,
    removed: 2,
    kept: 18,
    accuracyBefore: 0.9,
    accuracyPruned: 0.8,
    accuracyAfter: 0.9,
  };
  const runs = [0, 1, 2].map((replicate) => madeRun(replicate, "1", { pruning }));
  const verdictOf = (count: number) =>
    check("proto.pruning", -2, {
      models: [madeModel("p", "protopnet", runs.slice(0, count))],
    })[0]!.verdict;
  assert.equal(verdictOf(2), "inconclusive");
  assert.equal(verdictOf(3), "reproduced");
});

Deno.test("proto.parts and proto.parts-cam read the purity of each run", () => {
  const withPurity = (values: readonly number[]) =>
    values.map((value, replicate) =>
      madeRun(replicate, "1", {
        metrics: [{ id: "purity", value, standardDeviation: null, over: 20, convention: "" }],
      })
    );
  const models = [
    madeModel("p", "protopnet", withPurity([0.7, 0.72, 0.71])),
    madeModel("cam", "cam", withPurity([0.5, 0.53, 0.5])),
  ];
  const [own] = check("proto.parts", 0.5, { models });
  assert.equal(own!.verdict, "reproduced");
  assert.match(own!.explanation, /cam 0.51/);
  const [pair] = check("proto.parts-cam", 0, { models });
  assert.ok(Math.abs(pair!.estimate! - 0.2) < 1e-9);
});

Deno.test("requireProtopnetClaims() proposes the nearest claim when one is unknown", () => {
  assert.throws(
    () => requireProtopnetClaims([spec("proto.acuracy", 0)], "x.json"),
    (error: unknown) =>
      error instanceof UsageError && /x.json: claims\[0\].id.*proto.accuracy/.test(error.message),
  );
});
