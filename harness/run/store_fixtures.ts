/**
 * What the tests of the store and the processes that they start share.
 *
 * @module
 */
import type { Cell } from "./cell.ts";
import type { Patience } from "./workspace.ts";

export { diskOf, inTemporaryFolder, namesIn } from "../base/testdata/disk.ts";

export const CELL: Cell = {
  stage: "profile",
  version: 1,
  parameters: { samples: 500, network: "resnet18" },
  inputs: { network: "ab".repeat(32) },
};

export const PAYLOAD = { layers: [{ name: "input", id: 19.5 }, { name: "conv1", id: 44.25 }] };

/** Limits that a test can wait for. */
export const QUICK: Patience = { heartbeat: 50, dead: 400, hung: 2_000 };
