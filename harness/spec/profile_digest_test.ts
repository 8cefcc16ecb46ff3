import assert from "node:assert/strict";
import { profileDigest } from "./profile_digest.ts";

const file: Parameters<typeof profileDigest>[0] = {
  id: "x",
  defaultProfile: "small",
  profiles: { small: { epochs: 1 }, large: { epochs: 9 } },
  claims: [{ id: "both", threshold: 1 }, { id: "one", threshold: 2, profiles: ["large"] }],
};
const digest = profileDigest(file, "small");

for (
  const [what, change] of [
    ["another profile", { profiles: { ...file.profiles, large: { epochs: 10 } } }],
    ["a new profile", { profiles: { ...file.profiles, huge: {} } }],
    ["the default", { defaultProfile: "large" }],
    ["a claim of another profile", {
      claims: [file.claims[0]!, { ...file.claims[1]!, threshold: 3 }],
    }],
    ["the order of keys", { claims: [{ threshold: 1, id: "both" }, file.claims[1]!] }],
  ] satisfies [string, object][]
) {
  Deno.test(`profileDigest() stays when ${what} changes`, () => {
    assert.equal(profileDigest({ ...file, ...change }, "small"), digest);
  });
}

for (
  const [what, change] of [
    ["the profile", { profiles: { small: { epochs: 2 } } }],
    ["a claim", { claims: [{ ...file.claims[0]!, threshold: 2 }, file.claims[1]!] }],
    ["the seed", { seed: 2 }],
  ] satisfies [string, object][]
) {
  Deno.test(`profileDigest() changes with ${what}`, () => {
    assert.notEqual(profileDigest({ ...file, ...change }, "small"), digest);
  });
}
