import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeArtifact, encodeArtifact } from "./artifact.ts";
import { CELL, PAYLOAD } from "./store_fixtures.ts";

const JSON_FILE = encodeArtifact({ cell: CELL, payload: PAYLOAD, seconds: 1.5 });
const BYTES_FILE = encodeArtifact({ cell: CELL, payload: Uint8Array.of(0, 10, 255), seconds: 2 });

Deno.test("decodeArtifact() gives back what encodeArtifact() took", () => {
  assert.deepEqual(decodeArtifact(JSON_FILE), { cell: CELL, payload: PAYLOAD, seconds: 1.5 });
  assert.deepEqual(decodeArtifact(BYTES_FILE), {
    cell: CELL,
    payload: Uint8Array.of(0, 10, 255),
    seconds: 2,
  });
});

Deno.test("decodeArtifact() gives back any JSON value and any bytes", () => {
  const roundTrip = (payload: unknown) =>
    decodeArtifact(encodeArtifact({ cell: CELL, payload, seconds: 0 })).payload;
  fc.assert(fc.property(fc.jsonValue(), (payload) => {
    assert.deepEqual(roundTrip(payload), JSON.parse(JSON.stringify(payload)));
  }));
  fc.assert(fc.property(fc.uint8Array(), (payload) => {
    assert.deepEqual(roundTrip(payload), payload);
  }));
});

Deno.test("encodeArtifact() writes the same bytes whatever the order of members", () => {
  const payload = { b: [1, { d: 2, c: 3 }], a: 0 };
  const other = { a: 0, b: [1, { c: 3, d: 2 }] };
  assert.deepEqual(
    encodeArtifact({ cell: CELL, payload, seconds: 1 }),
    encodeArtifact({ seconds: 1, payload: other, cell: CELL }),
  );
});

Deno.test("encodeArtifact() throws TypeError when JSON would lose a value", () => {
  assert.throws(
    () => encodeArtifact({ cell: CELL, payload: { layers: [{ id: NaN }] }, seconds: 1 }),
    new TypeError("Cannot spell NaN (number) at payload.layers[0].id as JSON"),
  );
  assert.throws(
    () => encodeArtifact({ cell: CELL, payload: { units: new Float64Array(1) }, seconds: 1 }),
    new TypeError("Cannot spell an instance of Float64Array at payload.units as JSON"),
  );
});

Deno.test("decodeArtifact() throws when any byte is changed", () => {
  for (const file of [JSON_FILE, BYTES_FILE]) {
    for (let at = 0; at < file.length; at++) {
      for (const flip of [0x01, 0x20, 0x80, 0xff]) {
        const damaged = file.slice();
        damaged[at]! ^= flip;
        assert.throws(() => decodeArtifact(damaged), Error, `byte ${at} ^ ${flip}`);
      }
    }
  }
});

Deno.test("decodeArtifact() throws when the file is truncated or grows", () => {
  for (const file of [JSON_FILE, BYTES_FILE]) {
    for (let size = 0; size < file.length; size++) {
      assert.throws(() => decodeArtifact(file.subarray(0, size)), Error, `${size} bytes`);
    }
    assert.throws(() => decodeArtifact(Uint8Array.of(...file, 0)), /digest .* when expected/);
  }
});

Deno.test("decodeArtifact() names both versions when the file has another one", () => {
  const file = JSON_FILE.slice();
  file["IDCELL ".length] = "2".charCodeAt(0);
  assert.throws(() => decodeArtifact(file), new Error("got artifact v2 when expected v1"));
});
