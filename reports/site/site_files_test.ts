import assert from "node:assert/strict";
import { type Result, resultSchema } from "../../harness/spec/mod.ts";
import { controlsExampleResult, dynamicsExampleResult } from "../testdata/example_digits.ts";
import { paperLinearExampleResult } from "../testdata/example_linear.ts";
import { embeddedExampleResult, exampleResult } from "../testdata/example_result.ts";
import { objectsExampleResult } from "../testdata/example_objects.ts";
import { all, parseHtml } from "../testdata/parse_html.ts";
import { publishedRuns, type SiteFile, siteFiles } from "./mod.ts";
import { storedRun, syntheticResults } from "./testdata/synthetic_runs.ts";

const PAGE = new TextEncoder().encode("page");

const HOSTILE = `"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;{{this}}</style>`;

/** Texts that the schema or the order of runs fixes; everything else may hold anything. */
const FIXED =
  /^(weights|verdict|severity|kind|requested|sha256|specSha256|unit|statistics|changes|startedAt)$/;

function examples(): Result[] {
  return [
    exampleResult(),
    embeddedExampleResult(),
    controlsExampleResult(),
    dynamicsExampleResult(),
    ...syntheticResults(objectsExampleResult(), 4),
  ].map((result, at) => ({
    ...result,
    experiment: { ...result.experiment, id: `example-${at % 3}` },
    environment: { ...result.environment, startedAt: `2020-01-0${at + 1}T00:00:00.000Z` },
  }));
}

function build(results: readonly Result[]): Map<string, string> {
  const files = [...siteFiles(publishedRuns(results.map((result) => storedRun(result))))];
  return new Map(files.map(({ path, bytes }: SiteFile) => [path, new TextDecoder().decode(bytes)]));
}

let built: Map<string, string> | undefined;
const site = () => built ??= build(examples());

Deno.test("siteFiles() gives the same bytes for the same results, in any order", () => {
  for (const result of examples()) resultSchema.parse(result);
  const again = build(examples().toReversed());
  assert.deepEqual([...again.keys()].sort(), [...site().keys()].sort());
  for (const [path, text] of site()) assert.equal(again.get(path), text, path);
});

Deno.test("siteFiles() leads to no address but its own files, all of which exist", () => {
  let addresses = 0;
  for (const [path, text] of site()) {
    if (path.endsWith("result.json") || path.endsWith(".csv")) continue;
    const bare = text.replaceAll(/xmlns(:\w+)?="[^"]*"|http:\/\/www\.w3\.org\/2000\/svg/g, "");
    if (/\.(js|css|svg|atom)$/.test(path)) assert.doesNotMatch(bare, /https?:|url\(|@import/, path);
    if (!path.endsWith(".html")) continue;
    for (const element of all(parseHtml(text), "[href], [src], [action]")) {
      for (const name of ["href", "src", "action"]) {
        const address = element.getAttribute(name);
        if (address === null) continue;
        assertOwn(path, address);
        addresses++;
      }
    }
  }
  assert.ok(addresses > 1000);
});

Deno.test("siteFiles() gives sound pages with landmarks, one first heading and table heads", () => {
  for (const [path, text] of pages(site())) {
    const document = parseHtml(text);
    assert.equal(document.getAttribute("lang"), "en");
    for (const landmark of ["header", "main", "footer", "nav[aria-label]", "a.skip"]) {
      assert.ok(document.querySelector(landmark), `${path}: ${landmark}`);
    }
    const levels = all(document, "h1, h2, h3, h4").map(({ tagName }) => Number(tagName[1]));
    assert.equal(levels.filter((level) => level === 1).length, 1, path);
    levels.forEach((level, at) => assert.ok(level <= (levels[at - 1] ?? 0) + 1, path));
    const ids = all(document, "[id]").map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length, path);
    for (const table of all(document, "table")) {
      assert.ok(table.querySelector("caption"), path);
      for (const head of all(table, "th")) assert.ok(head.getAttribute("scope"), path);
    }
    assert.doesNotMatch(text, /NaN|Infinity|undefined|\[object/, path);
  }
});

Deno.test("siteFiles() runs no script but its files, and nothing inline", () => {
  for (const [path, text] of pages(site())) {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1];
    assert.match(policy!, /default-src &#x27;none&#x27;; .*script-src &#x27;self&#x27;/, path);
    for (const element of all(parseHtml(text), "*")) {
      for (const { name } of element.attributes) assert.doesNotMatch(name, /^on/, path);
      if (element.tagName === "SCRIPT") assert.equal(element.textContent, "", path);
    }
  }
});

Deno.test("siteFiles() shows hostile names as text, in pages, figures, scripts and the feed", () => {
  const poisoned = build(examples().map((result) => poison(result)));
  for (const [path, text] of poisoned) {
    if (/(result\.json|\.csv)$/.test(path)) continue;
    assert.match(path, /^[a-z0-9]+([._/-]+[a-z0-9]+)*$/);
    assert.doesNotMatch(text, /<script>|<img/i, path);
    assert.doesNotMatch(text.replaceAll("\\u003c", ""), /<\/style>(?![\s\S]*<\/head>)/i, path);
  }
  const tags = (files: Map<string, string>) =>
    pages(files).map(([, text]) => all(parseHtml(text), "*").map((e) => e.tagName).join(" "))
      .sort();
  assert.deepEqual(tags(poisoned), tags(site()));
  const start = parseHtml(poisoned.get("index.html")!);
  assert.ok(start.querySelector("main")!.textContent.includes(HOSTILE));
});

Deno.test("siteFiles() offers every figure of the report, with well-formed XML", () => {
  const result = { ...paperLinearExampleResult(), trainings: objectsExampleResult().trainings };
  const files = build([result]);
  const report = [...files].find(([path]) => path.endsWith("report.html"))![1];
  const drawn = all(parseHtml(report), "figure > svg").map((svg) => svg.outerHTML);
  const offered = [...files].filter(([path]) => path.endsWith(".svg"));
  assert.ok(drawn.length > 10);
  assert.equal(offered.length, drawn.length);
  for (const [path, text] of offered) {
    assert.match(text, /^<\?xml [^>]*>\n<svg xmlns="/);
    assert.doesNotMatch(text, /&(?!(amp|lt|gt|quot|#x?[0-9a-f]+);)/i, path);
    for (const [, name] of text.matchAll(/var\((--[a-z0-9-]+)\)/g)) {
      assert.ok(text.includes(`${name}: #`), `${path}: ${name}`);
    }
  }
});

Deno.test("siteFiles() tells in the feed what changed, newest first", () => {
  const feed = site().get("feed.atom")!;
  const times = [...feed.matchAll(/<updated>([^<]*)<\/updated>/g)].map(([, time]) => time!);
  assert.equal(times.length, examples().length + 1);
  assert.deepEqual(times, times.toSorted().reverse());
  const [first] = syntheticResults(objectsExampleResult(), 1);
  const claim = { ...exampleResult().claims[0]!, subject: "vgg" };
  const at = (startedAt: string, verdict: "reproduced" | "inconclusive"): Result => ({
    ...first!,
    environment: { ...first!.environment, startedAt },
    claims: [{ ...claim, verdict }],
  });
  const changed = build([
    at("2020-01-01T00:00:00Z", "reproduced"),
    at("2020-02-01T00:00:00Z", "inconclusive"),
  ]);
  assert.match(changed.get("feed.atom")!, /vgg: reproduced before, inconclusive now/);
  assert.match(changed.get("changes.html")!, /vgg: reproduced before, inconclusive now/);
});

Deno.test("siteFiles() gives the lock file of runs once, and each run leads to it", () => {
  const lockSha256 = "a".repeat(64);
  const runs = publishedRuns([1, 2].map((seed) => {
    const { environment, ...result } = exampleResult();
    const run = storedRun({ ...result, seed, environment: { ...environment, lockSha256 } });
    return { ...run, lock: { sha256: lockSha256, bytes: PAGE } };
  }));
  const files = new Map([...siteFiles(runs)].map(({ path, bytes }) => [path, bytes]));
  assert.equal(files.get(`locks/${lockSha256}.lock`), PAGE);
  for (const { slug } of runs) {
    const page = new TextDecoder().decode(files.get(`runs/${slug}/index.html`));
    assert.match(page, new RegExp(`href="../../locks/${lockSha256}.lock"`));
    assert.match(page, /deno task reproduce example --profile paper/);
  }
});

Deno.test("siteFiles() leads to pages that belong to no run", () => {
  const path = "live/index.html";
  const addition = { path, title: "Live <b>", about: "runs here", files: [{ path, bytes: PAGE }] };
  const files = new Map([...siteFiles([], [addition])].map((one) => [one.path, one.bytes]));
  assert.equal(files.get(path), PAGE);
  for (const page of ["index.html", "contents.html"]) {
    const main = parseHtml(new TextDecoder().decode(files.get(page))).querySelector("main")!;
    assert.equal(main.querySelector(`a[href="${path}"]`)!.textContent, "Live <b>");
  }
});

Deno.test("siteFiles() publishes no run as a page that says so", () => {
  const empty = build([]);
  assert.match(empty.get("index.html")!, /No result is published yet/);
  assert.ok(!empty.has("feed.atom"));
});

function pages(files: ReadonlyMap<string, string>): [string, string][] {
  return [...files].filter(([path]) => path.endsWith(".html") && !path.endsWith("report.html"));
}

/** Follows an address from a page. */
function assertOwn(path: string, address: string): void {
  const base = "site:/root/";
  const url = new URL(address, base + path);
  const target = url.href.slice(base.length).replace(/#.*/, "");
  assert.ok(url.href.startsWith(base) && (site().has(target)), `${path}: ${address}`);
  if (url.hash && target.endsWith(".html")) {
    assert.ok(site().get(target)!.includes(`id="${url.hash.slice(1)}"`), `${path}: ${address}`);
  }
}

/** The same result with a hostile ending on every text, keys of versions included. */
function poison<T>(value: T, key = ""): T {
  if (typeof value === "string") return (FIXED.test(key) ? value : value + HOSTILE) as T;
  if (Array.isArray(value)) return value.map((one) => poison(one, key)) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, poison(one, name)]),
  ) as T;
}
