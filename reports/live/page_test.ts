import assert from "node:assert/strict";
import { RunError } from "../../harness/base/mod.ts";
import { openCpu } from "../../harness/device/mod.ts";
import { type BrowserPage, browserTest } from "../site/testdata/chromium.ts";
import { violationsOnScreens } from "../testdata/axe.ts";
import { explain, type LiveSheet } from "./explanation.ts";
import { writeLivePage } from "./mod.ts";
import { packedScripts } from "./packed_scripts.ts";
import { SIZE, smallLiveModel } from "./small_live_model_test.ts";
import { decode } from "fast-png";

/** What the issue wants of every number. */
const TOLERANCE = 1e-3;

/** A sheet as it stands in the page. */
interface ShownSheet {
  readonly label: number;
  readonly rows: readonly { prototype: number; box: string; numbers: readonly number[] }[];
  readonly sums: readonly number[];
}

const SHOWN = `[...document.querySelectorAll(".sheet")].map((sheet) => {
  const numbersIn = (part) => [...part.querySelectorAll("data")].map(({ value }) => Number(value));
  return {
    label: Number(sheet.dataset.label),
    rows: [...sheet.querySelectorAll("[data-prototype]")].map((row) => ({
      prototype: Number(row.dataset.prototype),
      box: row.dataset.box,
      numbers: numbersIn(row),
    })),
    sums: [...sheet.querySelectorAll(".rest, .total, .own")].flatMap(numbersIn),
  };
})`;

/** Waits until the page has nothing to do; returns what it says. */
async function statusOf(page: BrowserPage): Promise<string> {
  for (let tries = 0; tries < 600; tries++) {
    const text = await page.evaluate(
      `document.body.hasAttribute("aria-busy") ? "" : document.querySelector("#status").textContent`,
    );
    if (text !== "") return String(text);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new RunError("The page did not come to rest");
}

async function chooseFile(page: BrowserPage, file: string): Promise<string> {
  const { root } = await page.send("DOM.getDocument") as { root: { nodeId: number } };
  const { nodeId } = await page.send("DOM.querySelector", {
    ...{ nodeId: root.nodeId, selector: "#own" },
  });
  await page.send("DOM.setFileInputFiles", { nodeId, files: [file] });
  return await statusOf(page);
}

/** The page shows the sheets with all numbers within the tolerance, and the same boxes. */
function assertShown(shown: readonly ShownSheet[], wanted: readonly LiveSheet[]): void {
  assert.deepEqual(shown.map(({ label }) => label), wanted.map(({ label }) => label));
  for (const [at, { rows, sums }] of shown.entries()) {
    const { logit, total, rest, rows: wantedRows } = wanted[at]!;
    assertNear(sums, [rest.points, total, logit]);
    assert.equal(rows.length, wantedRows.length);
    for (const [place, { prototype, box, numbers }] of rows.entries()) {
      const row = wantedRows[place]!;
      const { left, top, right, bottom } = row.box;
      assert.equal(prototype, row.prototype);
      assert.equal(box, `${left} ${top} ${right} ${bottom}`);
      assertNear(numbers, [row.similarity, row.weight, row.points]);
    }
  }
}

function assertNear(found: readonly number[], wanted: readonly number[]): void {
  assert.equal(found.length, wanted.length);
  for (const [at, value] of found.entries()) {
    assert.ok(Math.abs(value - wanted[at]!) <= TOLERANCE, `${value}, wanted ${wanted[at]}`);
  }
}

browserTest("the live page explains images from files as the harness does", async (page) => {
  const { model, found } = await smallLiveModel(await openCpu(1), `"><script>x</script>`);
  const sheetsOf = (at: number) => {
    const data = decode(model.images[at]!.png).data as Uint8Array;
    const image = { width: SIZE, height: SIZE, channels: 3, data } as const;
    return explain(model.layer, found[at]!.maps, found[at]!.logits, image, 2);
  };
  const parent = await Deno.makeTempDir();
  const folder = `${parent}/page`;
  try {
    await writeLivePage(model, folder);
    await page.open(`file://${folder}/index.html`);
    assert.match(await statusOf(page), / looks like class \d+/);
    assertShown(await page.evaluate(SHOWN) as ShownSheet[], sheetsOf(0));
    assert.match(String(await page.evaluate(`document.querySelector("#check").textContent`)), /✓/);
    const device = await page.evaluate(`document.querySelector("#runs-on").textContent`);
    assert.match(String(device), /^Runs on Web(Assembly|GPU)/);

    // By keyboard alone: to the images, then on to the next one.
    await page.evaluate(`document.querySelector(".kicker a").focus()`);
    for (const key of ["Tab", "Tab", "ArrowRight"]) {
      const windowsVirtualKeyCode = key === "Tab" ? 9 : 39;
      const event = { key, code: key, windowsVirtualKeyCode };
      await page.send("Input.dispatchKeyEvent", { type: "keyDown", ...event });
      await page.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
    }
    assert.equal(await page.evaluate("document.activeElement.value"), "1");
    await statusOf(page);
    assertShown(await page.evaluate(SHOWN) as ShownSheet[], sheetsOf(1));

    assert.deepEqual(await violationsOnScreens(page, "even"), []);
    await Deno.writeFile(`${parent}/own.png`, model.images[2]!.png);
    assert.match(await chooseFile(page, `${parent}/own.png`), /^own\.png looks like class \d+/);
    assertShown(await page.evaluate(SHOWN) as ShownSheet[], sheetsOf(2));

    await page.evaluate(`{
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["no image"], "text.png"));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
    }`);
    assert.equal(
      await statusOf(page),
      "Nothing could be explained: text.png is not an image that this browser can read.",
    );
    assert.equal(await page.evaluate(`document.querySelector("#result").hidden`), true);
    await Deno.writeFile(`${parent}/huge.png`, new Uint8Array(51 * 2 ** 20));
    assert.match(await chooseFile(page, `${parent}/huge.png`), /huge\.png has 51 MiB; 50 are/);

    const place = `file://${folder}/`;
    const own = (address: string) => address.startsWith(place) || address.startsWith("blob:");
    assert.deepEqual(page.requests.filter((address) => !own(address)), []);
    assert.deepEqual(page.errors.filter((error) => !error.includes("No available adapters")), []);
    await page.send("Emulation.setDeviceMetricsOverride", {
      ...{ width: 390, height: 800, deviceScaleFactor: 1, mobile: true },
    });
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 390);

    const [broken] = packedScripts("model", new Uint8Array(99));
    await Deno.writeTextFile(`${folder}/${broken!.path}`, broken!.text);
    await page.open(`file://${folder}/index.html`);
    assert.match(await statusOf(page), /^Nothing could be explained: [^\n]+/);
    await Deno.remove(`${folder}/model-0.js`);
    await page.open(`file://${folder}/index.html`);
    assert.equal(
      await statusOf(page),
      "Nothing could be explained: The file model-0.js could not be loaded.",
    );
    await page.send("Emulation.setScriptExecutionDisabled", { value: true });
    await page.open(`file://${folder}/index.html`);
    const { root } = await page.send("DOM.getDocument") as { root: { nodeId: number } };
    const { nodeId } = await page.send("DOM.querySelector", {
      ...{ nodeId: root.nodeId, selector: "noscript a" },
    });
    assert.notEqual(nodeId, 0);
  } finally {
    await Deno.remove(parent, { recursive: true });
  }
});
