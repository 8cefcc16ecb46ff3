import assert from "node:assert/strict";
import { lit, mixed } from "./palette.ts";

Deno.test("mixed() weighs channel by channel and clips its weight", () => {
  assert.equal(mixed(0x000000, 0xff8040, 0.5), 0x804020);
  assert.equal(mixed(0x112233, 0xff8040, -1), 0x112233);
  assert.equal(mixed(0x112233, 0xff8040, 2), 0xff8040);
});

Deno.test("lit() scales channel by channel and clips", () => {
  assert.equal(lit(0x804020, 0.5), 0x402010);
  assert.equal(lit(0x804020, 3), 0xffc060);
});
