import assert from "node:assert/strict";
import { paperPca } from "./paper_pca.ts";

Deno.test("paperPca() has all of Figure 5 for VGG-16, and its spectrum for the other networks", () => {
  const vgg = paperPca("vgg16", "trained")!;
  assert.equal(vgg.gaussian_null!.points.length, vgg.gaussian_null!.legacy.length);
  assert.equal(vgg.profile!.pc_id.length, vgg.profile!.relativeDepth.length);
  const resnet = paperPca("resnet18", "trained")!;
  assert.ok(resnet.spectrum);
  assert.deepEqual([resnet.profile, resnet.gaussian_null], [null, null]);
});

Deno.test("paperPca() has an untrained VGG-16 and no other untrained network", () => {
  const untrained = paperPca("vgg16", "untrained")!;
  assert.deepEqual([untrained.spectrum, untrained.gaussian_null], [null, null]);
  assert.notDeepEqual(untrained.profile, paperPca("vgg16", "trained")!.profile);
  assert.equal(paperPca("resnet18", "untrained"), undefined);
  assert.equal(paperPca("vgg_objects", "trained"), undefined);
});

Deno.test("paperPca() tells the points of Figure 5A: squares of singular values sum to n x features", () => {
  // ResNets' last hidden layer has 512 features and 500 of their ranks are in the figure.
  const { rank, singular_value, points } = paperPca("resnet18", "trained")!.spectrum!;
  const between = (at: number) => {
    const next = rank.findIndex((known) => known >= at);
    if (next === 0) return singular_value[0]!;
    const [low, high] = [rank[next - 1]!, rank[next]!];
    const share = Math.log(at / low) / Math.log(high / low);
    return singular_value[next - 1]! ** (1 - share) * singular_value[next]! ** share;
  };
  const sum = Array.from({ length: 500 }, (_, at) => between(at + 1) ** 2)
    .reduce((total, value) => total + value, 0);
  assert.ok(Math.abs(sum / 512 / points - 1) < 0.02, `${sum / 512}`);
});
