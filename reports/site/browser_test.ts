import assert from "node:assert/strict";
import { paperLinearExampleResult } from "../testdata/example_linear.ts";
import { objectsExampleResult } from "../testdata/example_objects.ts";
import { exampleResult } from "../testdata/example_result.ts";
import { publishedRuns, siteFiles } from "./mod.ts";
import { type BrowserPage, browserTest } from "./testdata/chromium.ts";
import { storedRun, syntheticResults } from "./testdata/synthetic_runs.ts";

/** Waits until an expression in the page holds. */
async function until(page: BrowserPage, expression: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await page.evaluate(expression)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail(`never held: ${expression}`);
}

/** A small site in a folder; returns the address of its root. */
async function siteIn(folder: string): Promise<string> {
  const [run] = syntheticResults(objectsExampleResult(), 1);
  const results = [
    { ...exampleResult(), command: `deno "'><script>document.title = "broken"</script>` },
    paperLinearExampleResult(),
    run!,
  ].map((result, at) => ({
    ...result,
    environment: { ...result.environment, startedAt: `2020-01-0${at + 1}T00:00:00Z` },
  }));
  for (const { path, bytes } of siteFiles(publishedRuns(results.map((one) => storedRun(one))))) {
    await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeFile(`${folder}/${path}`, bytes);
  }
  return `file://${folder}/`;
}

browserTest(
  "the site works from files: search, sort, filter, values, comparison, keyboard",
  async (page) => {
    const folder = await Deno.makeTempDir();
    try {
      const root = await siteIn(folder);

      await page.open(`${root}index.html`);
      await page.send("Input.dispatchKeyEvent", { type: "keyDown", key: "Tab" });
      assert.equal(await page.evaluate("document.activeElement.className"), "skip");

      await page.open(`${root}contents.html?q=hump+untrained`);
      assert.match(
        String(await page.evaluate("document.querySelector('#found').textContent")),
        /^\d+ found$/,
      );
      const shown = "[...document.querySelectorAll('.entries li:not([hidden])')]";
      assert.ok(
        await page.evaluate(
          `${shown}.length > 0 && ${shown}.every((one) => /hump/i.test(one.textContent) && /untrained/i.test(one.textContent))`,
        ),
      );

      await page.open(`${root}experiments/example.html`);
      const times =
        "[...document.querySelectorAll('table.sortable tbody tr')].map((row) => row.cells[0].textContent).join()";
      const before = await page.evaluate(times);
      await page.evaluate("document.querySelectorAll('table.sortable .sort')[0].click()");
      const after = String(await page.evaluate(times)).split(",");
      assert.notEqual(after.join(), before);
      assert.deepEqual(after, after.toSorted());
      await page.evaluate(
        "const box = document.querySelector('.filter input'); box.value = 'not comparable'; box.dispatchEvent(new Event('input'))",
      );
      assert.match(
        String(await page.evaluate("document.querySelector('.filter span').textContent")),
        /^2 of 10 rows$/,
      );
      await page.evaluate(
        "document.querySelector('[data-hover] circle:has(title)').dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))",
      );
      assert.match(
        String(await page.evaluate("document.querySelector('.value:not([hidden])').textContent")),
        /\d/,
      );

      await page.open(`${root}compare.html`);
      await until(page, "document.querySelectorAll('#comparison table').length === 3");
      assert.ok(
        await page.evaluate("document.querySelectorAll('#comparison .differs').length > 0"),
      );

      for (const width of [390, 1280]) {
        await page.send("Emulation.setDeviceMetricsOverride", {
          ...{ width, height: 900, deviceScaleFactor: 1, mobile: width < 500 },
        });
        for (const path of ["index.html", "experiments/example.html", "compare.html"]) {
          await page.open(root + path);
          const wide = await page.evaluate("document.documentElement.scrollWidth");
          assert.ok(Number(wide) <= width, `${path} is ${wide} pixels wide on ${width}`);
        }
      }

      assert.deepEqual(page.errors, []);
      assert.deepEqual(page.requests.filter((url) => !url.startsWith(root)), []);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
