import assert from "node:assert/strict";
import fc from "fast-check";
import { slugOf } from "./slug.ts";

Deno.test("slugOf() keeps plain names and marks others with a digest", () => {
  assert.equal(slugOf("id-hunchback"), "id-hunchback");
  assert.equal(slugOf("hunch.interior-peak"), "hunch.interior-peak");
  assert.match(slugOf("a..b"), /^a-b-[0-9a-f]{8}$/);
  assert.match(slugOf("../../etc/passwd"), /^etc-passwd-[0-9a-f]{8}$/);
  assert.match(slugOf(""), /^[0-9a-f]{8}$/);
  assert.notEqual(slugOf("A b"), slugOf("a B"));
});

Deno.test("slugOf() gives plain characters for every name", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), (name) => {
    const slug = slugOf(name);
    assert.match(slug, /^[a-z0-9]+([._-]+[a-z0-9]+)*$/);
    assert.ok(slug.length <= 69);
  }));
});
