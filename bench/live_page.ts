/**
 * `deno task bench live-page [RUNS]`: how long a reader of the committed site waits for the first
 * explanation on the live page, opened from its file in headless Chromium, and how long one takes once
 * everything is loaded.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { median } from "simple-statistics";
import { type BrowserPage, openBrowser } from "../reports/site/testdata/chromium.ts";

const LIVE = new URL("../reports/published/live/", import.meta.url);

/** Prints medians and ranges in seconds. */
export async function livePage([runs = "5"]: string[]): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(LIVE)) {
    if (!isDirectory || name === "runtime") continue;
    const first: number[] = [];
    const further: number[] = [];
    let device = "";
    for (let run = 0; run < Number(runs); run++) {
      await using page = await openBrowser();
      await page.open(`file://${fileURLToPath(LIVE)}${name}/index.html`);
      const waited = await explained(page);
      first.push(waited.sinceOpening);
      await page.evaluate(`document.querySelector("#images input[value='1']").click()`);
      further.push((await explained(page)).explanation);
      device = String(await page.evaluate(`document.querySelector("#runs-on").textContent`));
    }
    console.log(`${name}\n${device}`);
    console.log(`from opening to the first explanation: ${inWords(first)}`);
    console.log(`one more explanation: ${inWords(further)}`);
  }
}

/** Waits until the page has nothing to do. */
async function explained(
  page: BrowserPage,
): Promise<{ sinceOpening: number; explanation: number }> {
  for (;;) {
    const [isBusy, now, text] = await page.evaluate(
      `[document.body.hasAttribute("aria-busy"), performance.now(), document.querySelector("#status").textContent]`,
    ) as [boolean, number, string];
    const took = /Took ([\d.]+) s/.exec(text)?.[1];
    if (!isBusy && took === undefined) throw new Error(`The page says: ${text}`);
    if (!isBusy) return { sinceOpening: now / 1000, explanation: Number(took) };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function inWords(seconds: readonly number[]): string {
  const [least, most] = [Math.min(...seconds), Math.max(...seconds)];
  return `${median([...seconds]).toFixed(2)} s (${least.toFixed(2)} to ${
    most.toFixed(2)
  }, ${seconds.length} runs)`;
}
