import assert from "node:assert/strict";
import { groupLabels } from "./group_labels.ts";

const group = { id: "all", label: "all digits", replicate: 0, n: 50, sha256: "0".repeat(64) };

Deno.test("groupLabels() names the replicate only where labels repeat", () => {
  const other = { ...group, id: "three", label: "digit 3" };
  assert.deepEqual(groupLabels([group, other]), ["all digits", "digit 3"]);
  assert.deepEqual(groupLabels([group, { ...group, replicate: 1 }]), [
    "all digits, replicate 1",
    "all digits, replicate 2",
  ]);
});
