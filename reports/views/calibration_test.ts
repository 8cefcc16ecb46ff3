import assert from "node:assert/strict";
import table from "../../harness/estimators/calibration_table.json" with { type: "json" };
import { CALIBRATED_DIMENSIONS, CALIBRATION } from "./calibration.ts";

Deno.test("CALIBRATION repeats the table of the estimators, rounded", () => {
  for (const { points, estimates } of CALIBRATION) {
    assert.equal(estimates.length, CALIBRATED_DIMENSIONS.length);
    estimates.forEach(([mean, std], at) => {
      const row = table.rows.find((row) =>
        row.kind === "gaussian" && row.points === points &&
        row.dimension === CALIBRATED_DIMENSIONS[at]
      );
      assert.deepEqual([mean.toFixed(1), std.toFixed(1)], [
        row!.mean.toFixed(1),
        row!.deviation.toFixed(1),
      ]);
    });
  }
});
