import assert from "node:assert/strict";
import { type ProgressUnit, RunError } from "../base/mod.ts";
import { downloadFile, type Transfer } from "./download_file.ts";
import { FileServer, type ServedFile } from "./testdata/file_server.ts";
import { inTempFolder, namesIn, pinOf, quickTransfer, someBytes } from "./testdata/pin_of.ts";
import { StopError } from "./transfer_error.ts";

const BYTES = someBytes(5000);
const PIN = pinOf(BYTES);

interface Scene {
  readonly server: FileServer;
  readonly folder: string;
  readonly target: string;
  readonly lines: string[];
  readonly transfer: Transfer;
  download(): Promise<"fetched" | "present">;
}

/** A server with one file, and a folder to fetch it into. */
function scene(name: string, file: Partial<ServedFile>, body: (scene: Scene) => Promise<void>) {
  Deno.test(name, () =>
    inTempFolder(async (folder) => {
      await using server = new FileServer();
      server.files.set("net.onnx", { bytes: BYTES, etag: '"v1"', ...file });
      const target = `${folder}/net.onnx`;
      const lines: string[] = [];
      const transfer = quickTransfer(lines);
      const download = () => downloadFile(target, PIN, [`${server.base}net.onnx`], transfer);
      await body({ server, folder, target, lines, transfer, download });
    }));
}

scene("downloadFile() leaves only the file, and does nothing the second time", {}, async (s) => {
  assert.equal(await s.download(), "fetched");
  assert.deepEqual(await Deno.readFile(s.target), BYTES);
  assert.deepEqual(namesIn(s.folder), ["net.onnx"]);
  assert.equal(await s.download(), "present");
  assert.equal(s.server.requests.length, 1);
});

scene("downloadFile() replaces a file that is not the pinned one", {}, async (s) => {
  const wrong = someBytes(5000, 3);
  await Deno.writeFile(s.target, wrong);
  assert.equal(await s.download(), "fetched");
  assert.deepEqual(await Deno.readFile(s.target), BYTES);
  assert.match(s.lines[0]!, /net\.onnx: SHA-256 [0-9a-f]{64}, wanted [0-9a-f]{64}; fetching/);
});

scene("downloadFile() asks only for the rest when a connection was cut", {
  cutAfter: [2000, 1500],
}, async (s) => {
  assert.equal(await s.download(), "fetched");
  assert.deepEqual(await Deno.readFile(s.target), BYTES);
  assert.deepEqual(
    s.server.requests.map(({ range, ifRange, sent }) => ({ range, ifRange, sent })),
    [
      { range: undefined, ifRange: undefined, sent: 2000 },
      { range: "bytes=2000-", ifRange: '"v1"', sent: 1500 },
      { range: "bytes=3500-", ifRange: '"v1"', sent: 1500 },
    ],
  );
});

scene("downloadFile() gives up after a bounded number of cuts, and a repeat goes on", {
  cutAfter: [1000, 1000, 1000],
}, async (s) => {
  await assert.rejects(s.download, (error) => {
    assert.ok(error instanceof StopError);
    assert.match(error.message, /gave up after 3 attempts; a repeat of the command goes on/);
    return true;
  });
  assert.deepEqual(namesIn(s.folder), ["net.onnx.part", "net.onnx.part.json"]);
  assert.equal(await s.download(), "fetched");
  assert.deepEqual(await Deno.readFile(s.target), BYTES);
  assert.equal(s.server.requests.at(-1)!.range, "bytes=3000-");
  assert.equal(s.server.requests.reduce((sum, { sent }) => sum + sent, 0), BYTES.length);
});

scene("downloadFile() starts again when the server ignores ranges", {
  cutAfter: [2000],
  ranges: false,
}, async (s) => {
  assert.equal(await s.download(), "fetched");
  assert.deepEqual(await Deno.readFile(s.target), BYTES);
  assert.deepEqual(s.server.requests.map(({ sent }) => sent), [2000, 5000]);
});

scene("downloadFile() starts again when the server has another version", {
  etag: '"old"',
  bytes: someBytes(5000, 7),
  cutAfter: [2000, 0, 0],
}, async (s) => {
  await assert.rejects(s.download, StopError);
  s.server.files.set("net.onnx", { bytes: BYTES, etag: '"new"' });
  assert.equal(await s.download(), "fetched");
  assert.deepEqual(s.server.requests.at(-1), {
    path: "net.onnx",
    range: "bytes=2000-",
    ifRange: '"old"',
    sent: 5000,
  });
});

scene("downloadFile() starts again when the part on the disk was damaged", {
  cutAfter: [2000, 0, 0],
}, async (s) => {
  await assert.rejects(s.download, StopError);
  const part = await Deno.readFile(`${s.target}.part`);
  part[10]! ^= 1;
  await Deno.writeFile(`${s.target}.part`, part);
  assert.equal(await s.download(), "fetched");
  assert.deepEqual(await Deno.readFile(s.target), BYTES);
  assert.ok(s.lines.some((line) => /the resumed file has SHA-256/.test(line)));
});

scene("downloadFile() starts again when the part is longer than the file", {}, async (s) => {
  await Deno.writeFile(`${s.target}.part`, new Uint8Array(6000));
  assert.equal(await s.download(), "fetched");
  assert.equal(s.server.requests[0]!.range, undefined);
});

scene("downloadFile() needs no server when the part is complete", {}, async (s) => {
  await Deno.writeFile(`${s.target}.part`, BYTES);
  assert.equal(await s.download(), "fetched");
  assert.equal(s.server.requests.length, 0);
});

scene("downloadFile() starts again after 416", { status: [416] }, async (s) => {
  await Deno.writeFile(`${s.target}.part`, BYTES.subarray(0, 100));
  assert.equal(await s.download(), "fetched");
  assert.deepEqual(s.server.requests.map(({ range }) => range), ["bytes=100-", undefined]);
});

scene("downloadFile() deletes a file with the wrong digest and names both digests", {
  bytes: someBytes(5000, 3),
}, async (s) => {
  const found = pinOf(someBytes(5000, 3)).sha256;
  await assert.rejects(s.download, (error) => {
    assert.ok(error instanceof RunError && !(error instanceof StopError));
    assert.match(error.message, new RegExp(`net.onnx: .*SHA-256 ${found}, wanted ${PIN.sha256}`));
    return true;
  });
  assert.deepEqual(namesIn(s.folder), []);
});

scene("downloadFile() checks MD5 where the pin has one", {}, async (s) => {
  const pin = { ...PIN, md5: "0".repeat(32) };
  await assert.rejects(
    downloadFile(s.target, pin, [`${s.server.base}net.onnx`], s.transfer),
    new RegExp(`MD5 ${PIN.md5}, wanted 0{32}`),
  );
});

scene("downloadFile() refuses a file of another size before any of it comes", {
  bytes: someBytes(600_000),
}, async (s) => {
  await assert.rejects(s.download, /has 600000 bytes, wanted 5000/);
  assert.deepEqual(namesIn(s.folder), []);
});

scene("downloadFile() stops a server that sends too much without saying so", {
  bytes: someBytes(600_000),
  contentLength: null,
}, async (s) => {
  await assert.rejects(s.download, /sends more than 5000 bytes/);
  assert.deepEqual(namesIn(s.folder), []);
});

scene("downloadFile() does not retry what is not there", { status: [404] }, async (s) => {
  await assert.rejects(
    s.download,
    /net\.onnx: 127\.0\.0\.1:\d+ answered 404 Not Found, wanted 200/,
  );
  assert.equal(s.server.requests.length, 1);
  assert.deepEqual(namesIn(s.folder), []);
});

scene("downloadFile() retries when the server is busy", { status: [503, 429] }, async (s) => {
  assert.equal(await s.download(), "fetched");
  assert.equal(s.server.requests.length, 3);
  assert.match(s.lines[0]!, /answered 503 Service Unavailable; trying again in 0\.001 s/);
});

scene("downloadFile() goes on with the next source from where the first one stopped", {
  cutAfter: [2000, 0, 0],
}, async (s) => {
  s.server.files.set("mirror.onnx", { bytes: BYTES });
  const urls = ["missing.onnx", "net.onnx", "mirror.onnx"].map((path) => s.server.base + path);
  assert.equal(await downloadFile(s.target, PIN, urls, s.transfer), "fetched");
  assert.deepEqual(await Deno.readFile(s.target), BYTES);
  const last = s.server.requests.at(-1)!;
  assert.deepEqual([last.path, last.range, last.ifRange, last.sent], [
    "mirror.onnx",
    "bytes=2000-",
    undefined,
    3000,
  ]);
});

scene("downloadFile() waits for a slow server", { pace: 2 }, async (s) => {
  assert.equal(await s.download(), "fetched");
  assert.equal(s.server.requests.length, 1);
});

scene("downloadFile() treats silence as a cut connection", { stallAfter: 1000 }, async (s) => {
  const patience = { retryDelays: [], stallTimeout: 50 };
  await assert.rejects(
    downloadFile(s.target, PIN, [`${s.server.base}net.onnx`], { ...s.transfer, patience }),
    /nothing came for 0\.05 s; gave up after 1 attempts/,
  );
  assert.equal((await Deno.stat(`${s.target}.part`)).size, 1000);
});

scene("downloadFile() keeps what came when it is interrupted", { stallAfter: 1000 }, async (s) => {
  const controller = new AbortController();
  const progress = {
    begin: () => ({
      advance: (count: number) => void (count === 1000 && controller.abort()),
      finish() {},
    }),
  };
  const transfer = { ...s.transfer, progress, signal: controller.signal };
  await assert.rejects(downloadFile(s.target, PIN, [`${s.server.base}net.onnx`], transfer), {
    name: "AbortError",
  });
  assert.equal((await Deno.stat(`${s.target}.part`)).size, 1000);
  s.server.files.set("net.onnx", { bytes: BYTES, etag: '"v1"' });
  assert.equal(await s.download(), "fetched");
  assert.equal(s.server.requests.at(-1)!.sent, 4000);
});

scene("downloadFile() says how much room is missing on a full disk", {}, async (s) => {
  const write = Deno.FsFile.prototype.write;
  let room = 1200;
  Deno.FsFile.prototype.write = function (bytes) {
    if (room === 0) throw new Error("No space left on device (os error 28)");
    const written = Math.min(room, bytes.length);
    room -= written;
    return write.call(this, bytes.subarray(0, written));
  };
  try {
    await assert.rejects(s.download, (error) => {
      assert.ok(error instanceof StopError);
      assert.match(error.message, /net\.onnx\.part: the disk is full, 3800 more bytes are needed/);
      return true;
    });
  } finally {
    Deno.FsFile.prototype.write = write;
  }
  assert.equal(await s.download(), "fetched");
  assert.equal(s.server.requests.at(-1)!.range, "bytes=1200-");
});

scene("downloadFile() reports progress from where it resumes", { cutAfter: [2000] }, async (s) => {
  const counted: number[] = [];
  const progress = {
    begin(_label: string, total: number, unit: ProgressUnit) {
      assert.deepEqual([total, unit], [5000, "bytes"]);
      const at = counted.push(0) - 1;
      return { advance: (count: number) => void (counted[at]! += count), finish() {} };
    },
  };
  const transfer = { ...s.transfer, progress };
  await downloadFile(s.target, PIN, [`${s.server.base}net.onnx`], transfer);
  assert.deepEqual(counted, [2000, 5000]);
});
