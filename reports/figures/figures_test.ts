import assert from "node:assert/strict";
import { assertSnapshot } from "../testdata/assert_snapshot.ts";
import { all, parseSvg } from "../testdata/parse_html.ts";
import { controlsExampleResult, dynamicsExampleResult } from "../testdata/example_digits.ts";
import { smallNetwork } from "../testdata/small_network.ts";
import { momentSeries } from "../moment_series.ts";
import {
  hubFigure,
  hubShareFigure,
  hubTop,
  lastHiddenFigure,
  learningFigure,
  momentAccuracyFigure,
  momentStyle,
  networkStyles,
  overviewFigure,
  PAPER_STYLE,
  peakFigure,
  profileFigure,
  profileTop,
  seriesSample,
} from "./mod.ts";

const resnet = smallNetwork("resnet18");
const untrained = smallNetwork("resnet18-untrained");
const vgg = smallNetwork("vgg16");
const { moments } = momentSeries(dynamicsExampleResult())[0]!;

Deno.test("profileFigure() draws groups, mean, paper and twin as before", () => {
  assertSnapshot("profile.svg", profileFigure(resnet, [untrained], profileTop([resnet])));
});

Deno.test("profileFigure() draws one group with its standard error as before", () => {
  const single = smallNetwork("resnet18-untrained", ["a"]);
  assertSnapshot("profile_one_group.svg", profileFigure(single, [], profileTop([single])));
});

Deno.test("profileFigure() draws layers in their order where depths repeat, as before", () => {
  const [network] = controlsExampleResult().networks;
  assertSnapshot("profile_layers.svg", profileFigure(network!, [], profileTop([network!])));
});

Deno.test("profileFigure() draws twins apart whose batch statistics are calibrated", () => {
  const calibrated = {
    ...untrained,
    recipe: {
      training: null,
      after: null,
      statistics: "calibrated" as const,
      control: null,
    },
  };
  const lines = all(parseSvg(profileFigure(resnet, [untrained, calibrated], 150)), "g");
  const dashes = lines.map((line) => line.getAttribute("stroke-dasharray"));
  assert.ok(dashes.includes("5 3") && dashes.includes("1.5 4"));
});

Deno.test("lastHiddenFigure() and momentAccuracyFigure() draw a training as before", () => {
  assertSnapshot("last_hidden.svg", lastHiddenFigure("cnn", moments));
  assertSnapshot("moment_accuracy.svg", momentAccuracyFigure("cnn", moments));
});

Deno.test("lastHiddenFigure() has a linear axis for steps that do not span decades", () => {
  const late = moments.filter(({ step }) => step === 0 || step > 100);
  assert.doesNotMatch(momentAccuracyFigure("cnn", late), /logarithmic/);
});

Deno.test("learningFigure() draws loss and accuracy of replicates as before", () => {
  const runs = dynamicsExampleResult().trainings.slice(0, 2)
    .map((run) => ({ ...run, history: run.history.slice(0, 4) }));
  assertSnapshot("learning_loss.svg", learningFigure(runs, "loss"));
  assertSnapshot("learning_accuracy.svg", learningFigure(runs, "accuracy"));
});

Deno.test("learningFigure() draws a training of one epoch", () => {
  const [run] = dynamicsExampleResult().trainings;
  const short = { ...run!, history: run!.history.slice(0, 1) };
  const figure = learningFigure([short], "accuracy");
  assert.doesNotMatch(figure, /NaN|Infinity/);
  assert.equal(all(parseSvg(figure), 'g[data-mark="dot"] > *').length, 3);
});

Deno.test("momentStyle() spreads few moments over all colours", () => {
  const colours = (moments: number) =>
    Array.from({ length: moments }, (_, n) => momentStyle(n, moments).colour.slice(-2, -1));
  assert.deepEqual(colours(1), ["1"]);
  assert.deepEqual(colours(3), ["1", "4", "6"]);
  assert.deepEqual(colours(6), ["1", "2", "3", "4", "5", "6"]);
});

Deno.test("overviewFigure() draws trained and untrained networks as before", () => {
  assertSnapshot("overview_relative.svg", overviewFigure([resnet, untrained], "relativeDepth"));
  assertSnapshot("overview_absolute.svg", overviewFigure([resnet, vgg], "depth"));
});

Deno.test("peakFigure() draws the peaks of two networks as before", () => {
  assertSnapshot("peaks.svg", peakFigure([resnet, vgg], "relativeDepth"));
});

Deno.test("hubFigure() and hubShareFigure() draw a network as before", () => {
  assertSnapshot("hubs.svg", hubFigure(resnet, hubTop([resnet])));
  assertSnapshot("hub_shares.svg", hubShareFigure(resnet));
});

Deno.test("seriesSample() draws line and marker as before", () => {
  assertSnapshot("sample.svg", seriesSample(PAPER_STYLE));
});

Deno.test("profileFigure() draws as many lines as there are groups and series", () => {
  const figure = parseSvg(profileFigure(resnet, [untrained], 150));
  const lines = all(figure, 'g[data-mark="line"] path');
  assert.equal(lines.length, resnet.layers[0]!.groups.length + 3);
});

Deno.test("profileTop() is the highest value of any curve, bar or band", () => {
  assert.equal(profileTop([resnet]), 104.2 + 41.3);
  assert.equal(profileTop([{ ...resnet, layers: [], paper: null }]), 20);
});

Deno.test("networkStyles() gives twins one colour and marker, and no style twice", () => {
  const [first, second, third] = networkStyles([resnet, vgg, untrained]);
  assert.equal(third!.colour, first!.colour);
  assert.equal(third!.symbol, first!.symbol);
  assert.notEqual(third!.dash, first!.dash);
  const many = networkStyles([
    ...Array.from({ length: 14 }, (_, n) => ({ ...vgg, architecture: `net${n}` })),
    untrained,
    untrained,
    resnet,
  ]);
  assert.equal(new Set(many.map((style) => JSON.stringify(style))).size, many.length);
  assert.notDeepEqual(first, second);
});

Deno.test("every figure is an image with a name and a description", () => {
  const figures = [
    profileFigure(resnet, [], 150),
    overviewFigure([resnet, vgg], "depth"),
    peakFigure([resnet, vgg], "depth"),
    hubFigure(resnet, 150),
    hubShareFigure(resnet),
  ];
  for (const figure of figures.map(parseSvg)) {
    assert.equal(figure.getAttribute("role"), "img");
    assert.ok(figure.querySelector("title")!.textContent.length > 10);
    assert.ok(figure.querySelector("desc")!.textContent.length > 10);
  }
});

Deno.test("hubShareFigure() names at most thirty layers", () => {
  const layers = Array.from({ length: 100 }, () => resnet.layers).flat().slice(0, 100);
  const figure = parseSvg(hubShareFigure({ ...resnet, layers }));
  const names = all(figure, 'g[data-mark="x-axis tick label"] text');
  assert.equal(names.length, 25);
});
