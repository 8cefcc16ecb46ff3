import assert from "node:assert/strict";
import { sha256 } from "../base/mod.ts";
import { publishedRuns, siteFiles } from "../../reports/mod.ts";
import { liveAdditions } from "./live_additions.ts";
import { readManifest } from "./manifest.ts";
import { readRuns } from "./read_runs.ts";

const [RESULTS, SITE] = ["results", "published"].map((name) =>
  decodeURIComponent(new URL(`../../reports/${name}`, import.meta.url).pathname)
) as [string, string];

/** Largest start page, and largest page without its pictures, in bytes. */
const LARGEST = { start: 300_000, page: 1_500_000 };

Deno.test("the committed site is what deno task publish makes of the committed results", async () => {
  const runs = publishedRuns(await readRuns([RESULTS]));
  const committed = await readManifest(SITE);
  const made = new Map<string, string>();
  for (const { path, bytes } of siteFiles(runs, await liveAdditions(runs))) {
    made.set(path, sha256(bytes));
    if (path.endsWith(".html")) {
      const most = path === "index.html" ? LARGEST.start : LARGEST.page;
      assert.ok(bytes.length <= most, `${path} has ${bytes.length} bytes`);
    }
  }
  const changed = [...new Set([...made.keys(), ...committed.keys()])]
    .filter((path) => made.get(path) !== committed.get(path));
  assert.deepEqual(changed.slice(0, 10), [], 'run "deno task publish" and commit what it writes');
  for (const [path, digest] of committed) {
    assert.equal(sha256(await Deno.readFile(`${SITE}/${path}`)), digest, path);
  }
});
