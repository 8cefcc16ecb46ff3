import assert from "node:assert/strict";
import { drawView } from "./draw_view.ts";
import { dot, norm } from "./vector.ts";

Deno.test("drawView() goes once around the object, one view in each sector", () => {
  const views = 36;
  for (let index = 0; index < views; index++) {
    const { rotation: [right, , toCamera] } = drawView(1, 4, index, views);
    // The camera's direction in the object's frame; without roll and elevation (-sin, 0, cos).
    const azimuth = Math.atan2(-toCamera[0], toCamera[2]) / (2 * Math.PI);
    const sector = (azimuth + 1) % 1 * views;
    assert.ok(sector >= index - 1e-9 && sector <= index + 1 + 1e-9, `view ${index}: ${sector}`);
    assert.ok(Math.abs(norm(right) - 1) < 1e-12);
  }
});

Deno.test("drawView() keeps elevation, size, shift and light in range", () => {
  for (let index = 0; index < 500; index++) {
    const { rotation, scale, shift, light, intensity } = drawView(1, 0, index, 500);
    rotation.forEach((row, i) =>
      rotation.forEach((other, j) => assert.ok(Math.abs(dot(row, other) - Number(i === j)) < 1e-12))
    );
    const elevation = Math.asin(rotation[2][1]);
    assert.ok(elevation >= -0.25 - 1e-9 && elevation <= 0.95 + 1e-9);
    assert.ok(Math.abs(Math.log(scale)) <= 0.15);
    assert.ok(shift.every((a) => Math.abs(a) <= 0.1));
    assert.ok(Math.abs(norm(light) - 1) < 1e-12);
    assert.ok(light[2] > 0, "the light comes from the camera's side");
    // Half the range of intensity and six standard deviations of a channel.
    assert.ok(intensity.every((a) => Math.abs(Math.log(a)) <= 0.3 + 6 * 0.05));
  }
});
