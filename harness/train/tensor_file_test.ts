import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { RunError } from "../base/mod.ts";
import { decodeTensors, encodeTensors } from "./tensor_file.ts";

const TENSORS = new Map([
  ["b", { dims: [2, 1], data: Float32Array.of(1.5, NaN) }],
  ["a", { dims: [], data: Float32Array.of(-0) }],
  ["none", { dims: [0, 3], data: new Float32Array(0) }],
]);

/** A file with a valid digest around any header and values. */
function signed(header: Uint8Array | string, values = new Uint8Array(), word = "TENSORS1") {
  const text = typeof header === "string" ? new TextEncoder().encode(header) : header;
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, text.length, true);
  const body = Uint8Array.of(...new TextEncoder().encode(word), ...length, ...text, ...values);
  return Uint8Array.of(...body, ...createHash("sha256").update(body).digest());
}

function refuses(bytes: Uint8Array, message: string | RegExp): void {
  assert.throws(() => decodeTensors(bytes, "net.weights"), (error) => {
    assert.ok(error instanceof RunError, String(error));
    if (typeof message === "string") assert.equal(error.message, `net.weights: ${message}`);
    else assert.match(error.message, message);
    return true;
  });
}

Deno.test("decodeTensors() gives back what encodeTensors() took", () => {
  const about = { list: [1, "x", null], loss: 0.1 };
  const found = decodeTensors(encodeTensors({ about, tensors: TENSORS }), "net.weights");
  assert.deepEqual(found, { about, tensors: TENSORS });
  assert.ok(Object.is(found.tensors.get("a")!.data[0], -0));
});

Deno.test("encodeTensors() gives the same bytes whatever the order of what is known", () => {
  const tensors = new Map();
  assert.deepEqual(
    encodeTensors({ about: { a: 1, b: 2 }, tensors }),
    encodeTensors({ about: { b: 2, a: 1 }, tensors }),
  );
});

Deno.test("encodeTensors() writes only the values that a view shows", () => {
  const data = Float32Array.of(0, 7, 8, 0).subarray(1, 3);
  const bytes = encodeTensors({ about: null, tensors: new Map([["w", { dims: [2], data }]]) });
  const { tensors } = decodeTensors(bytes, "net.weights");
  assert.deepEqual(tensors.get("w")!.data, Float32Array.of(7, 8));
});

for (const value of [NaN, Infinity, -Infinity]) {
  Deno.test(`encodeTensors() refuses ${value} in what is known about the tensors`, () => {
    assert.throws(
      () => encodeTensors({ about: { history: [{ loss: value }] }, tensors: new Map() }),
      TypeError,
    );
  });
}

Deno.test("decodeTensors() reads a header that it did not write", () => {
  const header = '{"tensors": [{"dims": [1], "name": "w"}], "about": 5}';
  const values = new Uint8Array(Float32Array.of(2.5).buffer);
  assert.deepEqual(decodeTensors(signed(header, values), "net.weights"), {
    about: 5,
    tensors: new Map([["w", { dims: [1], data: Float32Array.of(2.5) }]]),
  });
});

Deno.test("decodeTensors() says which version it found", () => {
  refuses(signed("{}", new Uint8Array(), "TENSORS2"), 'version "2", wanted "1"');
});

Deno.test("decodeTensors() refuses files of another kind", () => {
  refuses(
    signed("{}", new Uint8Array(), "SOMETHIN"),
    'begins with "SOMETHIN", wanted "TENSORS1": not a file of weights',
  );
  refuses(new Uint8Array(10), "10 bytes, wanted at least 44: truncated");
});

const MALFORMED: Readonly<Record<string, Uint8Array | string>> = {
  "text that is no JSON": "{",
  "text that is no UTF-8": Uint8Array.of(0x22, 0xff, 0x22),
};

for (const [what, header] of Object.entries(MALFORMED)) {
  Deno.test(`decodeTensors() refuses a header of ${what} with a valid digest`, () => {
    refuses(signed(header), /^net\.weights: its header is no JSON: /);
  });
}

const UNEXPECTED: Readonly<Record<string, string>> = {
  "no tensors": '{"about": 1}',
  "another key": '{"about": 1, "tensors": [], "more": 1}',
  "a negative size": '{"about": 1, "tensors": [{"name": "w", "dims": [-1]}]}',
  "a fraction of a row": '{"about": 1, "tensors": [{"name": "w", "dims": [0.5]}]}',
};

for (const [what, header] of Object.entries(UNEXPECTED)) {
  Deno.test(`decodeTensors() refuses a header with ${what} and a valid digest`, () => {
    refuses(signed(header), /^net\.weights: its header is malformed: /);
  });
}

Deno.test("decodeTensors() refuses sizes that are not those of the file", () => {
  const header = (dims: readonly number[]) =>
    JSON.stringify({ about: 1, tensors: [{ name: "w", dims }] });
  const end = 12 + header([2]).length + 4;
  refuses(signed(header([2]), new Uint8Array(4)), `tensor "w" ends at byte ${end + 4} of ${end}`);
  refuses(signed(header([1]), new Uint8Array(12)), "8 bytes after the last tensor");
  const huge = Array.from({ length: 30 }, () => 9e15);
  refuses(signed(header(huge)), /tensor "w" ends at byte Infinity of/);
  refuses(signed(header([...huge, 0])), /^net\.weights: /);
  const long = signed("{}");
  new DataView(long.buffer).setUint32(8, 0xffffffff, true);
  const body = long.subarray(0, -32);
  long.set(createHash("sha256").update(body).digest(), body.length);
  refuses(long, `a header to byte ${12 + 0xffffffff} of ${body.length}`);
});
