import assert from "node:assert/strict";
import { augmentationInWords } from "./assemble_training.ts";

Deno.test("augmentationInWords() names what one-of draws from", () => {
  assert.equal(augmentationInWords([{ kind: "flip" }]), "flip");
  assert.equal(
    augmentationInWords([
      { kind: "oneOf", of: [{ kind: "rotate", degrees: 15 }, { kind: "shear", degrees: 10 }] },
      { kind: "flip" },
    ]),
    "one of rotate, shear, and flip",
  );
});
