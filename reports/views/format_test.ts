import assert from "node:assert/strict";
import { count, digits, percent, plural, plusMinus, probability } from "./format.ts";

Deno.test("digits() keeps three significant digits", () => {
  assert.equal(digits(104.23), "104");
  assert.equal(digits(31.44), "31.4");
  assert.equal(digits(30), "30.0");
  assert.equal(digits(9.996), "10.0");
  assert.equal(digits(0.05557), "0.0556");
  assert.equal(digits(0.99961), "1.00");
  assert.equal(digits(0), "0");
});

Deno.test("digits() groups thousands and writes small numbers with a power of ten", () => {
  assert.equal(digits(150528.2), "150,528");
  assert.equal(digits(999.7), "1,000");
  assert.equal(digits(1.156e-7), "1.16 × 10⁻⁷");
  assert.equal(digits(-2.6e-12, 1), "−3 × 10⁻¹²");
});

Deno.test("digits() writes a dash where there is no number", () => {
  for (const none of [null, undefined, NaN, Infinity]) assert.equal(digits(none), "–");
});

Deno.test("plusMinus() rounds the uncertainty where the value is rounded", () => {
  assert.equal(plusMinus(104.2, 41.3), "104 ± 41");
  assert.equal(plusMinus(31.42, 6.53), "31.4 ± 6.5");
  assert.equal(plusMinus(5.38, 0.101), "5.38 ± 0.10");
  assert.equal(plusMinus(28.3, 0), "28.3 ± 0.0");
});

Deno.test("plusMinus() never rounds an uncertainty away", () => {
  assert.equal(plusMinus(104.2, 0.04), "104 ± 0.04");
});

Deno.test("count() groups thousands", () => {
  assert.deepEqual([7, 1000, 11689512].map(count), ["7", "1,000", "11,689,512"]);
});

Deno.test("percent() writes shares below ten percent with a decimal", () => {
  assert.deepEqual([0, 0.014, 0.74, 1].map(percent), ["0 %", "1.4 %", "74 %", "100 %"]);
});

Deno.test("probability() writes two digits, or a bound", () => {
  assert.deepEqual([0.6, 0.009205, 0.0001, 8e-5, null].map(probability), [
    "0.60",
    "0.0092",
    "0.00010",
    "< 0.0001",
    "–",
  ]);
});

Deno.test("plural() leaves one as it is", () => {
  assert.deepEqual([plural(1, "gate"), plural(0, "gate")], ["1 gate", "0 gates"]);
});
