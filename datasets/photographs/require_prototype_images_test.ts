import assert from "node:assert/strict";
import { UsageError } from "../../harness/base/mod.ts";
import { someImages } from "../testdata/some_images.ts";
import { imagesPerClass, requirePrototypeImages } from "./require_prototype_images.ts";

Deno.test("requirePrototypeImages() refuses classes with fewer images than prototypes", () => {
  const counts = imagesPerClass(someImages());
  assert.deepEqual([...counts], [["even", 4], ["odd", 2]]);
  requirePrototypeImages(counts, 2);
  assert.throws(
    () => requirePrototypeImages(counts, 3),
    new UsageError(
      'class "odd": 2 training images, wanted at least 3, one for each of its prototypes',
    ),
  );
  assert.throws(
    () => requirePrototypeImages(counts, 10),
    /class "odd": 2 training images \(and 1 more such classes\), wanted at least 10/,
  );
});
