import { describeAdapter } from "../mod.ts";

/**
 * Whether tests on WebGPU run: where there is an adapter, or where the environment says
 * `REQUIRE_SHARED=1`, as in CI, so that a missing software adapter is a failure there.
 */
export const runsWebGpu = await describeAdapter() !== undefined ||
  Deno.env.get("REQUIRE_SHARED") === "1";

/** Says which tests are left out. */
export function sayIfSkipped(tests: string): void {
  if (!runsWebGpu) console.log(`skipped, there is no WebGPU adapter: ${tests}`);
}
