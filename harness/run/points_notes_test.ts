import assert from "node:assert/strict";
import type { AllEstimates } from "../estimators/mod.ts";
import { type Noted, pointsNotes } from "./points_notes.ts";

const scale = (n1: number, id: number) => ({ n1, n2: 2 * n1, id, err: 0.1, mean_r: 1 });
const estimate = (value: number) => ({ value, standardError: 0.1 });

function noted(id: number, changes: Partial<Noted> = {}): Noted {
  const estimates: AllEstimates = {
    twonn_fit: estimate(id),
    twonn_fit_i_minus_1: estimate(id),
    twonn_mle_unbiased: estimate(id),
    twonn_mle_censored_90: estimate(id),
    twonn_fit_subsamples: { mean: id, std_population: 0.1, repeats: 20, fraction: 0.9 },
    levina_bickel_k20: null,
    gride: [scale(1, id), scale(2, id), scale(4, id + 0.2)],
    block_analysis: [],
  };
  return {
    n: 100,
    points: 100,
    features: 3,
    constantFeatures: 0,
    rounding: 1e-8,
    duplicates: 0,
    hub: {
      point: 4,
      nearest_neighbour_of: 3,
      share: 0.03,
      distinct_nearest_neighbours: 70,
      skewness: 1,
      twonn_fit_without_it: id,
      twonn_fit_without_top_1_percent: id,
    },
    estimates,
    abide: null,
    neighbours: 64,
    ...changes,
  };
}

Deno.test("pointsNotes() states N and what intervals leave out, and no more for plain points", () => {
  const notes = pointsNotes(noted(5));
  assert.equal(notes.length, 2);
  assert.match(notes[0]!, /^Estimated at N = 100; fewer or more points/);
  assert.match(notes[1]!, /^Intervals say where estimates of as many other points would lie/);
});

Deno.test("pointsNotes() calls an estimate above 20 a lower bound", () => {
  assert.match(pointsNotes(noted(25))[0]!, /above about 20 a lower bound/);
});

const plain = noted(5);
const NAMED: Record<string, [Partial<Noted>, RegExp]> = {
  duplicates: [{ duplicates: 7 }, /^7 of 100 points have an identical twin/],
  "constant features": [{ constantFeatures: 2 }, /^2 of 3 features are constant/],
  "a strong hub": [
    { hub: { ...plain.hub, share: 0.4, twonn_fit_without_it: 9 } },
    /nearest neighbour of 40 % of the points; without it the estimate is 9/,
  ],
  "coarse rounding": [{ rounding: 0.01 }, /rounded to float32, by up to 0\.01, .* distance of 1: /],
  "a drift over scales": [
    { estimates: { ...plain.estimates, gride: [scale(1, 9), scale(2, 7), scale(4, 6)] } },
    /depends on the scale: 9 between ranks 1 and 2, 6 between 4 and 8/,
  ],
  "neighbourhoods that end with the lists": [
    { abide: { ...estimate(5), iterates: [5], mean_neighbours: 60, truncated: 0.5 } },
    /50 % of the neighbourhoods would be larger than the 64 neighbours/,
  ],
};

for (const [name, [changes, message]] of Object.entries(NAMED)) {
  Deno.test(`pointsNotes() names ${name}`, () => {
    const notes = pointsNotes(noted(5, changes));
    assert.equal(notes.length, 3);
    assert.match(notes[2]!, message);
  });
}
