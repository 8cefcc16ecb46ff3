import assert from "node:assert/strict";
import { controlsExampleResult, dynamicsExampleResult } from "../testdata/example_digits.ts";
import { objectsExampleResult } from "../testdata/example_objects.ts";
import { exampleResult } from "../testdata/example_result.ts";
import { all, parseSvg } from "../testdata/parse_html.ts";
import { figuresView } from "./figures.ts";

const objects = figuresView(objectsExampleResult());

const LINES = 'g[data-mark="line"] path';

Deno.test("figuresView() gives each data set a panel, on one scale", () => {
  const { overview, panels, layered, moments } = objects;
  assert.equal(overview, null);
  assert.deepEqual([layered, moments], [[], []]);
  assert.deepEqual(panels!.panels.map(({ title }) => title), [
    "rendered objects, veiled (example)",
    "rendered objects, bare (example)",
  ]);
  const figures = panels!.panels.map(({ figure }) => parseSvg(figure));
  const ticks = figures.map((figure) =>
    all(figure, 'g[data-mark="y-axis tick label"] text').map(({ textContent }) => textContent)
  );
  assert.deepEqual(ticks[0], ticks[1]);
  assert.deepEqual(figures.map((figure) => all(figure, LINES).length), [5, 5]);
});

Deno.test("figuresView() draws an architecture alike on all data sets, and its twins apart", () => {
  const { panels } = objects;
  assert.deepEqual(panels!.legend.map(({ label }) => label), [
    "vgg_objects, trained",
    "vgg_objects, random weights",
    "resnet_objects, trained",
    "resnet_objects, random weights",
    "resnet_objects, random weights, calibrated batch statistics",
  ]);
  const [solid, dashed, , , dotted] = panels!.legend.map(({ sample }) =>
    parseSvg(sample).querySelector('g[data-mark="line"]')!.getAttribute("stroke-dasharray")
  );
  assert.deepEqual([solid, dashed, dotted], [null, "5 3", "1.5 4"]);
  assert.match(panels!.bars, /standard deviation over replicates/);
});

Deno.test("figuresView() names networks of one architecture that differ in their training", () => {
  const [bare] = objectsExampleResult().networks;
  const { networks, ...controls } = controlsExampleResult();
  const { panels } = figuresView({ ...controls, networks: [...networks, bare!] });
  assert.deepEqual(panels!.legend.map(({ label }) => label), [
    "mnist_cnn, trained: mnist (example), mnist-luminance (example)",
    "mnist_cnn, trained: mnist-shuffled (example)",
    "vgg_objects, trained",
  ]);
});

Deno.test("figuresView() shows twins of the same data set only", () => {
  const { profiles } = objects;
  const veiled = profiles.find(({ title }) => title === "resnet_objects-veiled")!;
  assert.deepEqual(veiled.legend.slice(1).map(({ label }) => label), [
    "resnet_objects-veiled-untrained",
    "resnet_objects-veiled-calibrated",
  ]);
});

Deno.test("figuresView() goes layer by layer, beside the paper, where depths repeat", () => {
  const { overview, panels, peaks, layered, profiles } = figuresView(controlsExampleResult());
  assert.deepEqual([overview, panels, peaks], [null, null, null]);
  const [{ own, paper, legend }] = layered as [(typeof layered)[number]];
  assert.equal(legend.length, 3);
  for (const figure of [own, paper!].map(parseSvg)) {
    assert.equal(all(figure, LINES).length, 3);
    assert.deepEqual(
      all(figure, 'g[data-mark="x-axis tick label"] text').map(({ textContent }) => textContent),
      ["input", "conv1", "pool1", "conv2", "pool2", "d1", "output"],
    );
  }
  assert.match(parseSvg(paper!).querySelector("desc")!.textContent, /17\.7, 21\.4, 8\.94/);
  assert.match(profiles[2]!.highest, /in the paper 21\.4 at d1\.$/);
});

Deno.test("figuresView() leaves out the paper where none of its curves fits the layers", () => {
  const result = controlsExampleResult();
  const networks = result.networks.map((network) => ({ ...network, paper: null }));
  assert.equal(figuresView({ ...result, networks }).layered[0]!.paper, null);
});

Deno.test("figuresView() shows a training moment by moment, and the network itself once", () => {
  const { moments, profiles, hubs } = figuresView(dynamicsExampleResult());
  const [{ layer, family, lastHidden, accuracy, course }] = moments as [(typeof moments)[number]];
  assert.equal(layer, "d1");
  assert.equal(family.legend.length, 6);
  assert.match(family.legend[0]!.label, /^step 0 \(random weights\), test accuracy 9\.6 %$/);
  assert.match(family.legend[5]!.label, /^step 3,120/);
  assert.equal(all(parseSvg(family.figure), LINES).length, 6);
  for (const figure of [lastHidden!, accuracy!].map(parseSvg)) {
    assert.equal(all(figure, 'g[data-mark="dot"] > *').length, 13);
  }
  assert.match(course, /^First .* at step 0, lowest .* at step 200, last .* at step 3,120\.$/);
  assert.deepEqual([profiles.length, hubs.length], [1, 1]);
});

Deno.test("figuresView() keeps depth axes for one data set", () => {
  const { overview, panels, noun } = figuresView(exampleResult());
  assert.ok(overview);
  assert.equal(panels, null);
  assert.equal(noun.many, "groups of images");
});
