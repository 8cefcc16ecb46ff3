import { publishedAccuracyPoints } from "../accuracy_points.ts";
import { assertSnapshot } from "../testdata/assert_snapshot.ts";
import { accuracyFigure } from "./mod.ts";

Deno.test("accuracyFigure() draws Figure 4 as before", () => {
  assertSnapshot("accuracy.svg", accuracyFigure("Figure 4", publishedAccuracyPoints()));
});
