/**
 * axe-core, run in a page of Chromium.
 *
 * @module
 */
import type { BrowserPage } from "../site/testdata/chromium.ts";

/** A reader's screen. */
interface Screen {
  readonly width: number;
  readonly scheme: "light" | "dark";
}

/** By day and by night, one of them on a desktop, the other on a phone. */
const SCREENS = {
  even: [{ width: 1280, scheme: "light" }, { width: 390, scheme: "dark" }],
  odd: [{ width: 1280, scheme: "dark" }, { width: 390, scheme: "light" }],
} as const satisfies Record<string, readonly Screen[]>;

/**
 * Unfolds what can be unfolded, and takes away what is more of the same, or browsers would need minutes: the
 * inside of figures, each of which is one image with a text to everybody who cannot see it, and further
 * rows of tables of numbers.
 */
const PREPARE = `
  for (const one of document.querySelectorAll("details")) one.open = true;
  for (const one of document.querySelectorAll("svg > :not(title, desc)")) one.remove();
  for (const one of document.querySelectorAll("table:not(.verdicts) tr:nth-child(n + 5)")) one.remove();`;

/** Shows the page as it is on a screen. */
async function showOn(page: BrowserPage, { width, scheme }: Screen): Promise<void> {
  const mobile = width < 500;
  await page.send("Emulation.setDeviceMetricsOverride", {
    ...{ width, height: 900, deviceScaleFactor: 1, mobile },
  });
  const features = [{ name: "prefers-color-scheme", value: scheme }];
  await page.send("Emulation.setEmulatedMedia", { media: "", features });
}

let source: string | undefined;

/** Every violation that axe-core finds in the page as it is, a line each. */
async function violations(page: BrowserPage): Promise<string[]> {
  source ??= await Deno.readTextFile(new URL(import.meta.resolve("axe-core/axe.min.js")));
  if (await page.evaluate("typeof axe") === "undefined") await page.evaluate(`${source}; 0`);
  // Style sheets are not fetched: a page from a file may not read files.
  const found = await page.evaluate(`
    axe.run(document, { resultTypes: ["violations"], preload: false }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
        id + ": " + target.join(" ") + ": " + failureSummary.replace(/\\s+/g, " "))))`);
  return found as string[];
}

/**
 * Every violation in the page on a desktop and a phone, and what does not fit their width. Colours do not
 * depend on the width, so that one scheme each will do.
 */
export async function violationsOnScreens(
  page: BrowserPage,
  screens: keyof typeof SCREENS,
): Promise<string[]> {
  const found: string[] = [];
  await page.evaluate(PREPARE);
  for (const screen of SCREENS[screens]) {
    await showOn(page, screen);
    const wide = Number(await page.evaluate("document.documentElement.scrollWidth"));
    const faults = await violations(page);
    if (wide > screen.width) faults.push(`is ${wide} pixels wide`);
    found.push(...faults.map((fault) => `${screen.width} pixels, ${screen.scheme}: ${fault}`));
  }
  return found;
}
