import assert from "node:assert/strict";
import { type BrowserPage, browserTest } from "./site/testdata/chromium.ts";
import { violationsOnScreens } from "./testdata/axe.ts";
import { everyPage } from "./testdata/every_page.ts";

/** Pages of one folder of these are alike: one is looked at. */
const ALIKE = /\/(networks|claims)\/[^/]+$/;

/** Writes every page below a folder; returns the paths of those to look at. */
async function pagesIn(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for (const { path, bytes } of everyPage()) {
    await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeFile(`${folder}/${path}`, bytes);
    const [, kind] = ALIKE.exec(path) ?? [];
    const isKnown = kind !== undefined && paths.some((one) => ALIKE.exec(one)?.[1] === kind);
    const isCopy = /^site\/.*report\.html$/.test(path);
    if (path.endsWith(".html") && !isKnown && !isCopy) paths.push(path);
  }
  return paths;
}

async function withPages(
  body: (root: string, paths: readonly string[]) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(`file://${folder}/`, await pagesIn(folder));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Nothing came from elsewhere, and no text of a result became a script. */
async function assertAlone(page: BrowserPage, root: string): Promise<void> {
  const elsewhere = page.requests.filter((url) =>
    !url.startsWith(root) && !/^data:image/.test(url)
  );
  assert.deepEqual(elsewhere, []);
  assert.doesNotMatch(String(await page.evaluate("document.title")), /^broken/);
  assert.deepEqual(page.errors, []);
}

browserTest(
  "axe-core finds no violation in a page of any kind",
  (page) =>
    withPages(async (root, paths) => {
      const wrong: string[] = [];
      for (const [at, path] of paths.entries()) {
        await page.open(root + path);
        const found = await violationsOnScreens(page, at % 2 === 0 ? "even" : "odd");
        wrong.push(...found.map((fault) => `${path}: ${fault}`));
        await assertAlone(page, root);
      }
      assert.deepEqual(wrong, []);

      await page.evaluate(`document.querySelector("main").append(new Image())`);
      assert.match(
        (await violationsOnScreens(page, "even")).join(),
        /390 pixels, dark: image-alt: /,
      );
    }),
);

/** What can be focused and is on the screen, and what it is reached by. */
const FOCUSABLE = `[...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")]
  .filter((one) => one.checkVisibility({ contentVisibilityAuto: true }))`;

async function press(page: BrowserPage, key: string, windowsVirtualKeyCode: number) {
  const text = key === "Enter" ? { text: "\r" } : {};
  const event = { key, code: key, windowsVirtualKeyCode, ...text };
  await page.send("Input.dispatchKeyEvent", { type: "keyDown", ...event });
  await page.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
}

browserTest(
  "pages work by keyboard alone and on paper",
  (page) =>
    withPages(async (root, paths) => {
      const some = ["protopnet.html", "inspection.html", "site/index.html"];
      for (const path of [...some, paths.find((one) => /runs\/.*index/.test(one))!]) {
        await page.open(root + path);
        const count = Number(await page.evaluate(`${FOCUSABLE}.length`));
        const reached = new Set<string>();
        for (let at = 0; at < count; at++) {
          await press(page, "Tab", 9);
          reached.add(String(
            await page.evaluate(`(() => {
            const here = document.activeElement;
            const shows = getComputedStyle(here).outlineStyle !== "none";
            return ${FOCUSABLE}.indexOf(here) + (shows ? "" : " without an outline");
          })()`),
          ));
        }
        assert.deepEqual([...reached], Array.from({ length: count }, (_, at) => String(at)), path);
      }

      await page.open(`${root}protopnet.html`);
      await page.evaluate(`document.querySelector("summary").focus()`);
      const isOpen = () => page.evaluate(`document.querySelector("details").open`);
      const before = await isOpen();
      await press(page, "Enter", 13);
      assert.notEqual(await isOpen(), before);

      for (const path of paths) {
        await page.open(root + path);
        const { data } = await page.send("Page.printToPDF", { preferCSSPageSize: true });
        assert.match(atob(String(data).slice(0, 8)), /^%PDF-/, path);
      }
    }),
);
