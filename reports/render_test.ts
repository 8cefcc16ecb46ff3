import assert from "node:assert/strict";
import { type Result, resultSchema } from "../harness/spec/mod.ts";
import { renderReport } from "./mod.ts";
import { controlsExampleResult, dynamicsExampleResult } from "./testdata/example_digits.ts";
import { linearExampleResult, paperLinearExampleResult } from "./testdata/example_linear.ts";
import { objectsExampleResult } from "./testdata/example_objects.ts";
import { embeddedExampleResult, exampleResult } from "./testdata/example_result.ts";
import { all, type ParsedElement, parseHtml } from "./testdata/parse_html.ts";

/** Claims with figures of their own, which are there by the claim's id. */
const HAS_FIGURES: readonly string[] = ["scale.stable", "acc.correlation"];

const EXAMPLES: readonly (readonly [string, Result])[] = [
  ["four networks on seven groups", exampleResult()],
  ["three untrained networks on one group", embeddedExampleResult()],
  ["networks trained on two data sets", objectsExampleResult()],
  ["one architecture on three kinds of digits", controlsExampleResult()],
  ["a network at many moments", dynamicsExampleResult()],
  ["questions of scale and accuracy", asking(objectsExampleResult())],
  ["linear dimensions", linearExampleResult()],
  ["linear dimensions beside the paper's", paperLinearExampleResult()],
  ["nothing", { ...exampleResult(), networks: [], claims: [], missing: [], notes: [] }],
];

/** The same run with those claims. */
function asking(result: Result): Result {
  const [claim] = exampleResult().claims;
  return { ...result, claims: HAS_FIGURES.map((id) => ({ ...claim!, id })) };
}

/** Texts that the schema or the page's own logic fixes; everything else may hold anything. */
const FIXED =
  /^(weights|verdict|severity|kind|requested|sha256|specSha256|unit|statistics|changes)$/;

const HOSTILE = `"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;{{this}}</style>--`;

for (const [name, result] of EXAMPLES) {
  let rendered: string | undefined;
  const page = () => rendered ??= renderReport(result);
  let parsed: ParsedElement | undefined;
  const pageElement = () => parsed ??= parseHtml(page());

  Deno.test(`renderReport() gives a sound page for ${name}`, () => {
    resultSchema.parse(result);
    const document = pageElement();
    assert.equal(document.getAttribute("lang"), "en");
    assertHeadings(document);
    assertLinks(document);
    for (const table of all(document, "table")) {
      assert.ok(table.querySelector("caption"), table.outerHTML.slice(0, 80));
      for (const head of all(table, "th")) assert.ok(head.getAttribute("scope"));
    }
    for (const figure of all(document, "figure > svg")) {
      assert.equal(figure.getAttribute("role"), "img");
    }
  });

  Deno.test(`renderReport() loads nothing and runs nothing for ${name}`, () => {
    const html = page();
    assert.ok(html.includes(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; ` +
        `style-src 'unsafe-inline'; img-src data:">`,
    ));
    const document = pageElement();
    assert.equal(all(document, "script, img, iframe, object, embed, link").length, 0);
    for (const element of all(document, "*")) {
      for (const { name, value } of element.attributes) {
        assert.doesNotMatch(name, /^(on.*|src|srcset|action)$/);
        if (!name.startsWith("xmlns")) assert.doesNotMatch(value, /:\/\/|url\(/);
      }
    }
  });

  Deno.test(`renderReport() gives the same bytes twice for ${name}`, () => {
    const frozen = freeze(structuredClone(result));
    assert.equal(renderReport(frozen), page());
  });

  Deno.test(`renderReport() shows hostile names as text for ${name}`, () => {
    const html = renderReport(poison(result));
    assert.doesNotMatch(html, /<(script|img)/i);
    const [clean, poisoned] = [pageElement(), parseHtml(html)];
    const tags = (document: ParsedElement) => all(document, "*").map((e) => e.tagName);
    assert.deepEqual(tags(poisoned), tags(clean));
    const shown = poisoned.querySelector("body")!.textContent.replaceAll(/\s+/g, " ");
    for (const text of [result.experiment.title, result.command, result.environment.os]) {
      assert.ok(shown.includes(text + HOSTILE), text);
    }
  });
}

Deno.test("renderReport() names title, paper, verdicts, figures, numbers, claims, provenance in order", () => {
  const html = renderReport(exampleResult());
  const places = [
    "<h1>Example",
    "arXiv 1905.12784v2",
    `<p class="headline">2 of 5 checks reproduced`,
    "Not checked by this profile",
    "deno task fetch imagenet",
    `id="figures"`,
    "lower bound</h3>",
    `id="numbers"`,
    `id="claims"`,
    `id="provenance"`,
    "deno task reproduce example --profile paper",
  ].map((text) => html.indexOf(text));
  assert.ok(!places.includes(-1));
  assert.deepEqual(places, places.toSorted((a, b) => a - b));
});

for (const id of [0, 1e-9, 1, 1e12]) {
  Deno.test(`renderReport() writes no broken number when every estimate is ${id}`, () => {
    const html = renderReport(withEstimates(exampleResult(), id));
    assert.doesNotMatch(html, /NaN|Infinity|undefined|null|⚠️/);
  });
}

Deno.test("renderReport() has a section on training only where something was trained", () => {
  const trained = parseHtml(renderReport(objectsExampleResult()));
  const links = all(trained, "nav a").map((link) => link.getAttribute("href"));
  assert.ok(links.indexOf("#trainings") === links.indexOf("#figures") + 1);
  assert.equal(all(trained, "section[aria-labelledby=trainings] table").length, 2);
  assert.equal(parseHtml(renderReport(exampleResult())).querySelector("#trainings"), null);
});

Deno.test("renderReport() writes the word of every verdict", () => {
  const document = parseHtml(renderReport(exampleResult()));
  const verdicts = all(document, ".verdicts td:first-child");
  assert.deepEqual(verdicts.map(({ textContent }) => textContent.replace(/^. /, "")), [
    "reproduced",
    "reproduced",
    "not reproduced",
    "inconclusive",
    "not comparable",
  ]);
});

Deno.test("renderReport() draws one panel a network, and twins beside their trained network", () => {
  const document = parseHtml(renderReport(exampleResult()));
  const panels = all(document, "figure")
    .filter((figure) => figure.querySelector(".legend"));
  assert.equal(panels.length, 4);
  const legends = panels.map((panel) => all(panel, ".legend li").length);
  assert.deepEqual(legends, [3, 2, 1, 1]);
});

/** The same result with one number for every estimated ID. */
function withEstimates(result: Result, id: number): Result {
  return {
    ...result,
    networks: result.networks.map((network) => ({
      ...network,
      layers: network.layers.map((layer) => ({
        ...layer,
        groups: layer.groups.map((group) => ({
          ...group,
          hub: { ...group.hub, twonn_fit_without_it: id, twonn_fit_without_top_1_percent: id },
          estimates: { ...group.estimates, twonn_fit: { value: id, standardError: 0 } },
        })),
      })),
    })),
  };
}

function assertHeadings(document: ParsedElement): void {
  const levels = all(document, "h1, h2, h3, h4").map((h) => Number(h.tagName[1]));
  assert.equal(levels.filter((level) => level === 1).length, 1);
  levels.forEach((level, at) => assert.ok(level <= (levels[at - 1] ?? 0) + 1));
}

function assertLinks(document: ParsedElement): void {
  const ids = all(document, "[id]").map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const link of all(document, "a")) {
    assert.ok(ids.includes(link.getAttribute("href")!.replace(/^#/, "")), link.outerHTML);
  }
}

/** The same result with a hostile ending on every text. */
function poison<T>(value: T, key = ""): T {
  if (typeof value === "string") {
    return (FIXED.test(key) || HAS_FIGURES.includes(value) ? value : value + HOSTILE) as T;
  }
  if (Array.isArray(value)) return value.map((one) => poison(one, key)) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, poison(one, name)]),
  ) as T;
}

function freeze<T>(value: T): T {
  if (value !== null && typeof value === "object") {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}
