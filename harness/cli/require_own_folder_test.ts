import assert from "node:assert/strict";
import { UsageError } from "../base/mod.ts";
import { inFolder } from "../../datasets/testdata/in_folder.ts";
import { requireOwnFolder } from "./require_own_folder.ts";

const RESULT = JSON.stringify({ experiment: { id: "protopnet-explain" }, profile: "embedded" });

Deno.test("requireOwnFolder() refuses the folder of another experiment or profile", () =>
  inFolder({ "run/result.json": RESULT }, async (root) => {
    const folder = `${root}/run`;
    for (
      const [experiment, profile] of [
        ["protopnet-parts", "embedded"],
        ["protopnet-explain", "cub30"],
      ] as const
    ) {
      await assert.rejects(requireOwnFolder(folder, experiment, profile), (error) => {
        assert.ok(error instanceof UsageError);
        assert.equal(
          error.message,
          `${folder}: found the result of protopnet-explain, profile embedded, wanted a new folder ` +
            `or one of ${experiment}, profile ${profile}: name one with --out`,
        );
        return true;
      });
    }
    await requireOwnFolder(folder, "protopnet-explain", "embedded");
  }));

Deno.test("requireOwnFolder() lets a folder pass that has no result", () =>
  inFolder({ "half/result.json": "{", "list/result.json": "[]", "x/y": "" }, async (root) => {
    for (const folder of ["half", "list", "x", "absent"]) {
      await requireOwnFolder(`${root}/${folder}`, "e", "p");
    }
  }));
