import assert from "node:assert/strict";
import { sha256, UsageError } from "../../harness/base/mod.ts";
import { imageAt } from "../labelled_images.ts";
import { type ObjectsOptions, renderObjects } from "./render_objects.ts";

Deno.test("renderObjects() keeps its pixels: a change needs another OBJECTS_VERSION", () => {
  const digests = [8, 32, 64].map((size) =>
    sha256(renderObjects({ seed: 1, size, objects: 6, views: 4 }).pixels)
  );
  assert.deepEqual(digests, [
    "5d2c4c630104da7ff2ae48097dc274d5cbe4d7109d9de8fda76dba21c29c09f6",
    "847a96ac9801ec1f37f1186778b45b421d50e1e83a01bbfa276dc9265b42e1fe",
    "93f41ff0f32746f496f68a1e271729a78efb3c6ca00d3094a5ede9f77130c4c2",
  ]);
});

Deno.test("renderObjects() returns labelled images, object by object", () => {
  const images = renderObjects({ seed: 5, size: 16, objects: 12, views: 3 });
  assert.equal(images.pixels.length, 36 * 16 * 16 * 3);
  assert.equal(images.names.length, 36);
  assert.equal(new Set(images.names).size, 36);
  assert.equal(new Set(images.classes).size, 12);
  assert.deepEqual(images.names.slice(32, 34), ["10-002", "11-000"]);
  assert.deepEqual([...images.labels], Array.from({ length: 36 }, (_, at) => Math.floor(at / 3)));
  assert.match(images.classes[7]!, /^object 07: [a-z, ]+$/);
});

Deno.test("renderObjects() draws every image with light and dark, no two alike", () => {
  const images = renderObjects({ seed: 2, size: 32, views: 5 });
  assert.equal(images.classes.length, 40);
  const digests = images.names.map((_, index) => {
    const image = imageAt(images, index);
    const lit = image.filter((value) => value > 0).length / image.length;
    assert.ok(lit > 0.02 && lit < 0.9, `${images.names[index]}: ${lit}`);
    assert.ok(Math.max(...image) >= 40, `${images.names[index]} is dark`);
    return sha256(image);
  });
  assert.equal(new Set(digests).size, digests.length);
});

Deno.test("renderObjects() draws an object the same whatever the number of objects", () => {
  const few = renderObjects({ seed: 3, size: 16, objects: 2, views: 4 });
  const many = renderObjects({ seed: 3, size: 16, objects: 5, views: 4 });
  assert.deepEqual(many.pixels.slice(0, few.pixels.length), few.pixels);
  assert.deepEqual(many.classes.slice(0, 2), few.classes);
  const other = renderObjects({ seed: 4, size: 16, objects: 2, views: 4 });
  assert.notDeepEqual(other.pixels, few.pixels);
});

Deno.test("renderObjects() refuses options out of range", () => {
  const good = { seed: 1, size: 8, objects: 1, views: 1 };
  const wrong: Partial<ObjectsOptions>[] = [
    { size: 7 },
    { size: 8.5 },
    { size: 513 },
    { views: 0 },
    { views: NaN },
    { objects: 0 },
    { seed: -1 },
    { size: 512, objects: 10_000, views: 10_000 },
  ];
  renderObjects(good);
  for (const options of wrong) {
    assert.throws(() => renderObjects({ ...good, ...options }), UsageError, Deno.inspect(options));
  }
  assert.throws(
    () => renderObjects({ ...good, size: 7 }),
    new UsageError("Cannot render objects: size 7, wanted an integer from 8 to 512"),
  );
});
