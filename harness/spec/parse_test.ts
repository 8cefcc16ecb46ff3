import assert from "node:assert/strict";
import { UsageError } from "../base/mod.ts";
import { experimentSchema } from "./experiment.ts";
import { parseJson } from "./parse.ts";

const valid = {
  id: "x",
  title: "t",
  summary: "s",
  paper: "p",
  figure: "f",
  kind: "id-profile",
  seed: 1,
  profiles: {
    embedded: {
      description: "d",
      networks: [{ kind: "untrained", id: "a", architecture: "vgg16" }],
      data: {
        digits: {
          set: "mnist",
          split: "test",
          by: "digit",
          preprocessing: { shortSide: null, crop: 28, mean: [0.1], std: [0.3] },
        },
      },
      samples: 50,
    },
  },
  claims: [{ id: "c", severity: "gate", threshold: 1, expected: "e", why: "w", source: "s" }],
};

function refusal(change: (spec: typeof valid) => void): string {
  const spec = structuredClone(valid);
  change(spec);
  try {
    parseJson(experimentSchema, JSON.stringify(spec), "experiments/x.json");
  } catch (error) {
    assert.ok(error instanceof UsageError);
    return error.message;
  }
  assert.fail("nothing was refused");
}

Deno.test("parseJson() fills in defaults of a valid file", () => {
  const spec = parseJson(experimentSchema, JSON.stringify(valid), "x.json");
  assert.equal(spec.profiles["embedded"]?.batchSize, 8);
});

Deno.test("parseJson() names place and nearest key when a key deep inside is unknown", () => {
  const message = refusal((spec) =>
    Object.assign(spec.profiles.embedded.data.digits.preprocessing, { shortside: 3 })
  );
  assert.equal(
    message,
    "experiments/x.json: profiles.embedded.data.digits.preprocessing.shortside: unknown key, " +
      'did you mean "shortSide"?',
  );
});

Deno.test("parseJson() finds the known keys inside a union in an array", () => {
  const message = refusal((spec) =>
    Object.assign(spec.profiles.embedded.networks[0]!, { archtecture: "x" })
  );
  assert.match(message, /networks\[0\]\.archtecture: unknown key, did you mean "architecture"\?/);
});

Deno.test("parseJson() says what was found and wanted when a type is wrong", () => {
  const message = refusal((spec) => Object.assign(spec.profiles.embedded, { samples: "many" }));
  assert.match(message, /profiles\.embedded\.samples: .*expected.*number.*found "many"/);
});

Deno.test("parseJson() refuses text that is not JSON", () => {
  assert.throws(
    () => parseJson(experimentSchema, '{"id": }', "experiments/x.json"),
    /experiments\/x\.json: not JSON: /,
  );
});
