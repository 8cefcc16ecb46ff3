import assert from "node:assert/strict";
import { canonicalJson, sha256 } from "../../harness/base/mod.ts";
import { classTable } from "./class_table.ts";
import { drawScene, MOST_OBJECTS, MOST_REMOVED, motifOf, type SceneOptions } from "./draw_scene.ts";
import { PARTS } from "./parts.ts";
import { type BirdScene, MOTIF_KINDS, SPLITS } from "./scene.ts";

const TABLE = classTable(20);
const OPTIONS: SceneOptions = {
  seed: 1,
  table: TABLE,
  split: "test",
  label: 3,
  index: 7,
  spurious: 0,
};

function scene(changes: Partial<SceneOptions> = {}): BirdScene {
  return drawScene({ ...OPTIONS, ...changes });
}

/** Scenes of each class. */
function scenes(perClass: number, changes: Partial<SceneOptions>): BirdScene[] {
  return TABLE.classes.flatMap((_, label) =>
    Array.from({ length: perClass }, (_, index) => scene({ ...changes, label, index }))
  );
}

Deno.test("drawScene() is a pure function with a plain value", () => {
  assert.deepEqual(scene(), scene());
  assert.deepEqual(JSON.parse(JSON.stringify(scene())), scene());
  assert.equal(
    sha256(canonicalJson([scene(), scene({ split: "train" }), scene({ spurious: 1 })])),
    "417c75dabd32a5f29112af1c7a74b2fe2f108cce09aa2c194957c0869bd7e0c4",
  );
});

Deno.test("drawScene() draws other scenes for every seed, split, class and index", () => {
  const drawn = [1, 2].flatMap((seed) =>
    SPLITS.flatMap((split) => scenes(5, { seed, split })).map(({ pose, objects, light }) =>
      canonicalJson([pose, objects, light])
    )
  );
  assert.equal(new Set(drawn).size, 2 * 3 * 20 * 5);
  const poses = drawn.map((text) => canonicalJson(JSON.parse(text)[0]));
  assert.equal(new Set(poses).size, drawn.length);
});

Deno.test("drawScene() leaves parts away in half of the training scenes only", () => {
  for (const split of ["validation", "test"] as const) {
    for (const { variants, label } of scenes(5, { split })) {
      assert.deepEqual(variants, TABLE.classes[label]!.variants);
    }
  }
  const missing = scenes(100, { split: "train" }).map(({ variants, label }) => {
    variants.forEach((variant, part) => {
      assert.ok(variant === null || variant === TABLE.classes[label]!.variants[part]);
    });
    return variants.map((variant) => variant === null);
  });
  const counts = missing.map((lacks) => lacks.filter(Boolean).length);
  // 0 in 0.6 of 2000 scenes, each of 1 to 4 in 0.1: four standard deviations.
  for (let count = 0; count <= MOST_REMOVED; count++) {
    const share = count === 0 ? 0.6 : 0.1;
    const found = counts.filter((other) => other === count).length;
    assert.ok(
      Math.abs(found - 2000 * share) < 4 * Math.sqrt(2000 * share * (1 - share)),
      `${found}`,
    );
  }
  // A part is away in 1000 x 2 / 6 of them on average.
  PARTS.forEach((name, part) => {
    const found = missing.filter((lacks) => lacks[part]).length;
    assert.ok(Math.abs(found - 2000 / 6) < 4 * Math.sqrt(2000 * 5 / 36), `${name} ${found}`);
  });
});

Deno.test("drawScene() scatters up to 12 objects, some in part colours, behind every bird", () => {
  const all = scenes(20, {});
  const counts = all.map(({ objects }) => objects.length - 3);
  assert.equal(Math.min(...counts), 0);
  assert.equal(Math.max(...counts), MOST_OBJECTS);
  for (const { objects } of all) {
    assert.deepEqual(objects.map(({ id }) => id), [...objects.keys()]);
    assert.equal(objects.filter(({ kind }) => MOTIF_KINDS.some((own) => own === kind)).length, 3);
  }
  assert.equal(new Set(all.flatMap(({ objects }) => objects.map(({ hue }) => hue))).size, 10);
});

/** What a picture shows besides parts, as categories. */
function nuisance({ plumage, backdrop, objects, pose, light }: BirdScene): string[] {
  const motif = objects.at(-1)!;
  const bin = (value: number, width: number) => String(Math.floor(value / width));
  return [
    `${plumage.back}`,
    `${plumage.belly}`,
    plumage.pattern,
    `${backdrop.landscape}`,
    backdrop.perch,
    `${motif.kind} ${motif.hue}`,
    `${objects.length}`,
    objects[0]!.hue,
    bin(pose.scale, 0.01),
    bin(pose.tilt, 0.05),
    bin(light.tint[0], 0.03),
    `${pose.facing}`,
  ];
}

/** Share of test scenes that naive Bayes gets right from everything but the parts. */
function accuracyWithoutParts(spurious: number): number {
  const seen = new Map<string, number[]>();
  const countsOf = (axis: number, value: string) => {
    const key = `${axis} ${value}`;
    const counts = seen.get(key) ?? TABLE.classes.map(() => 1);
    seen.set(key, counts);
    return counts;
  };
  for (const one of scenes(150, { split: "train", spurious })) {
    nuisance(one).forEach((value, axis) => countsOf(axis, value)[one.label]!++);
  }
  const tests = scenes(50, { spurious });
  const right = tests.filter((one) => {
    const scores = TABLE.classes.map((_, label) =>
      nuisance(one).reduce((sum, value, axis) => sum + Math.log(countsOf(axis, value)[label]!), 0)
    );
    return scores.indexOf(Math.max(...scores)) === one.label;
  });
  return right.length / tests.length;
}

Deno.test("drawScene() tells nothing about the class but by its parts", () => {
  // Chance is 1 in 20; 1000 scenes give a standard deviation of 0.7 %.
  const accuracy = accuracyWithoutParts(0);
  assert.ok(accuracy < 0.05 + 4 * 0.007, `${accuracy}`);
});

Deno.test("drawScene() shows the class's own flowers as often as wanted", () => {
  assert.ok(accuracyWithoutParts(1) > 0.98);
  const isOwn = (one: BirdScene) => {
    const { kind, hue } = one.objects.at(-1)!;
    const own = motifOf(one.label);
    return kind === own.kind && hue === own.hue;
  };
  const share = scenes(50, { spurious: 0.5 }).filter(isOwn).length / 1000;
  // Half, and one in 20 of the others.
  assert.ok(Math.abs(share - 0.525) < 4 * 0.016, `${share}`);
  assert.ok(scenes(3, { spurious: 1 }).every(isOwn));
});

Deno.test("motifOf() gives 50 classes flowers of their own", () => {
  const motifs = Array.from({ length: 50 }, (_, label) => canonicalJson(motifOf(label)));
  assert.equal(new Set(motifs).size, 50);
});

Deno.test("drawScene() refuses a class that the table lacks", () => {
  for (const label of [-1, 20, 0.5]) {
    assert.throws(() => scene({ label }), new RangeError(`Cannot draw class ${label}: found 20`));
  }
});
