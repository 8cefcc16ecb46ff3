import assert from "node:assert/strict";
import { augmentationInWords } from "./assemble_training.ts";

Deno.test("augmentationInWords() names what one-of draws from, and how often", () => {
  assert.equal(augmentationInWords([{ kind: "flip" }], 3), "3 fixed copies of each image by flip");
  assert.equal(
    augmentationInWords([
      { kind: "oneOf", of: [{ kind: "rotate", degrees: 15 }, { kind: "shear", degrees: 10 }] },
      { kind: "flip" },
    ], null),
    "fresh one of rotate, shear, and flip",
  );
});
