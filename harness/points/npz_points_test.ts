import assert from "node:assert/strict";
import fc from "fast-check";
import { RunError, UsageError } from "../base/mod.ts";
import { fromBase64, numpyFiles, open, rowsOf, withFile } from "./testdata/files.ts";

const { archives, points: POINTS, deflatedRepeats } = numpyFiles;

/** A copy of an archive with some bytes changed. */
function changed(archive: string, change: (bytes: Uint8Array, view: DataView) => void): Uint8Array {
  const bytes = fromBase64(archive);
  change(bytes, new DataView(bytes.buffer));
  return bytes;
}

/** Where the only directory entry begins. */
function directory(view: DataView): number {
  return view.getUint32(view.byteLength - 22 + 16, true);
}

Deno.test("npzPoints() reads a stored array", () =>
  withFile("points.npz", fromBase64(archives.stored), async (path) => {
    using points = await open(path);
    assert.equal(points.format, "npz, float64");
    assert.equal(points.name, `${path}: points.npy`);
    assert.deepEqual(await rowsOf(points), POINTS);
  }));

Deno.test("npzPoints() inflates an array into a file that goes away", () =>
  withFile("points.npz", fromBase64(archives.deflated), async (path, folder) => {
    const points = await open(path);
    assert.equal([...Deno.readDirSync(folder)].length, 2);
    const rows = await rowsOf(points);
    assert.deepEqual(rows, Array.from({ length: deflatedRepeats }, () => POINTS).flat());
    points[Symbol.dispose]();
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["points.npz"]);
  }));

Deno.test("npzPoints() takes the array that was named", () =>
  withFile("points.npz", fromBase64(archives["two arrays"]), async (path) => {
    using points = await open(path, "test");
    assert.deepEqual(await rowsOf(points), POINTS.slice(0, 2));
    using named = await open(path, "train.npy");
    assert.equal(named.points, POINTS.length);
  }));

for (
  const [array, message] of [
    [undefined, /holds train, test; choose one with --array NAME/],
    ["tset", /has no array "tset", did you mean "test"\?; it has train, test/],
  ] as const
) {
  Deno.test(`npzPoints() wants a name when there are two arrays, not ${array}`, () =>
    withFile("points.npz", fromBase64(archives["two arrays"]), async (path) => {
      await assert.rejects(
        open(path, array),
        (error) => error instanceof UsageError && message.test(error.message),
      );
    }));
}

Deno.test("openPoints() refuses --array for a file that is no archive", () =>
  withFile("points.csv", "1,2\n3,4\n", async (path) => {
    await assert.rejects(open(path, "train"), /--array: .*points.csv is no .npz archive/);
  }));

const BROKEN: Record<string, [Uint8Array, RegExp]> = {
  "an archive cut short": [
    fromBase64(archives.stored).subarray(0, -30),
    /no end record of a zip archive, the file may be cut short/,
  ],
  "a directory outside the file": [
    changed(archives.stored, (_, view) => view.setUint32(view.byteLength - 6, 1e9, true)),
    /a directory of \d+ bytes at offset 1000000000/,
  ],
  "a wrong number of entries": [
    changed(archives.stored, (_, view) => view.setUint16(view.byteLength - 12, 3, true)),
    /the directory has 1 entries, wanted 3/,
  ],
  "a damaged stored array": [
    changed(archives.stored, (bytes) => bytes[200]! ^= 1),
    /points\.npy: checksum [0-9a-f]{8}, wanted [0-9a-f]{8}/,
  ],
  "damaged deflated data": [
    changed(archives.deflated, (bytes) => bytes.fill(255, 80, 120)),
    /points\.npy: (cannot be inflated|checksum|inflates)/,
  ],
  "an encrypted member": [
    changed(archives.stored, (_, view) => view.setUint16(directory(view) + 8, 1, true)),
    /is encrypted/,
  ],
  "another compression": [
    changed(archives.stored, (_, view) => view.setUint16(directory(view) + 10, 12, true)),
    /compression method 12, wanted 0 \(stored\) or 8 \(deflated\)/,
  ],
  "a member that is said to inflate to gigabytes": [
    changed(archives.deflated, (_, view) => view.setUint32(directory(view) + 24, 4e9, true)),
    /bytes are said to inflate to 4000000000, wanted at most/,
  ],
  "a member that inflates to more than it says": [
    changed(archives.deflated, (_, view) => view.setUint32(directory(view) + 24, 100, true)),
    /inflates beyond 100 bytes/,
  ],
  "a member that inflates to less than it says": [
    changed(archives.deflated, (_, view) => view.setUint32(directory(view) + 24, 4000, true)),
    /inflates to 3008 bytes, wanted 4000/,
  ],
  "a member whose header is elsewhere": [
    changed(archives.stored, (_, view) => view.setUint32(directory(view) + 42, 8, true)),
    /offset 8: no header of member "points.npy"/,
  ],
  "an archive without arrays": [
    changed(archives.stored, (bytes, view) => bytes[directory(view) + 46 + 7] = 0x58),
    /1 members, none of them an array/,
  ],
};

for (const [name, [content, message]] of Object.entries(BROKEN)) {
  Deno.test(`npzPoints() refuses ${name}, and leaves no file`, () =>
    withFile("broken.npz", content, async (path, folder) => {
      await assert.rejects(
        open(path),
        (error) =>
          error instanceof RunError && error.message.startsWith(path) &&
          message.test(error.message),
      );
      assert.equal([...Deno.readDirSync(folder)].length, 1);
    }));
}

Deno.test("npzPoints() gives points or a RunError for any damage", () =>
  withFile("broken.npz", "", async (path) => {
    const whole = fromBase64(archives.deflated);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.nat(255),
        fc.nat(whole.length),
        async (at, value, length) => {
          const bytes = whole.slice();
          bytes[at] = value;
          Deno.writeFileSync(path, length % 2 === 0 ? bytes : bytes.subarray(0, length));
          try {
            using points = await open(path);
            await rowsOf(points);
          } catch (error) {
            assert.ok(error instanceof RunError, String(error));
          }
        },
      ),
      { numRuns: 200, seed: 1 },
    );
  }));
