import assert from "node:assert/strict";
import fc from "fast-check";
import { metricName } from "./metric_name.ts";
import { matches, readWrittenRules, writtenRuleFor } from "./written_rules.ts";

Deno.test("matches() lets each * stand for any text", () => {
  for (
    const [pattern, name, wanted] of [
      ["a", "a", true],
      ["a", "ab", false],
      ["*", "anything/at all", true],
      ["networks/*/twonn", "networks/vgg/layers/a/twonn", true],
      ["networks/*/twonn", "networks/vgg/layers/a/pc-id", false],
      ["a*b*c", "a1b2c", true],
      ["a*b*c", "ac", false],
      ["ab*ba", "aba", false],
      ["a*a*a", "aa", false],
    ] as const
  ) {
    assert.equal(matches(pattern, name), wanted, `${pattern} ${name}`);
  }
});

Deno.test("matches() agrees with a regular expression", () => {
  const part = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 6 });
  const name = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 });
  fc.assert(fc.property(part, name, (pattern, name) => {
    assert.equal(
      matches(pattern, name),
      new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(name),
    );
  }));
});

Deno.test("metricName() never joins different parts to one path", () => {
  const parts = fc.array(fc.string(), { minLength: 1, maxLength: 4 });
  fc.assert(fc.property(parts, parts, (a, b) => {
    fc.pre(JSON.stringify(a) !== JSON.stringify(b));
    assert.notEqual(metricName(...a), metricName(...b));
  }));
});

Deno.test("writtenRuleFor() takes the first that matches", () => {
  const rule = (experiment: string, why: string) => ({ experiment, metric: "a*", rule: null, why });
  const rules = [rule("other", "1"), rule("*", "2"), rule("mine", "3")];
  assert.equal(writtenRuleFor(rules, "mine", "abc")?.why, "2");
  assert.equal(writtenRuleFor(rules, "mine", "b"), undefined);
});

Deno.test("readWrittenRules() finds none without the file, and names what is wrong in it", async () => {
  const folder = await Deno.makeTempDir();
  try {
    assert.deepEqual(await readWrittenRules(`${folder}/rules.json`), []);
    await Deno.writeTextFile(`${folder}/rules.json`, '{"$schema": "", "rules": [{"metrc": "a"}]}');
    await assert.rejects(
      readWrittenRules(`${folder}/rules.json`),
      /rules\.json: rules\[0\]\.metrc: unknown key/,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
