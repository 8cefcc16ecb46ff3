/**
 * A process for store_test.ts: computes one cell in the store given as the first argument, and hangs
 * where the second one says, so that it can be killed there.
 *
 * @module
 */
import { createFile, type NewFile } from "../base/mod.ts";
import { Store } from "./store.ts";
import { CELL, PAYLOAD, QUICK } from "./store_fixtures.ts";

const [folder, hangIn] = Deno.args as [string, "nowhere" | "work" | "write"];

using store = await Store.open(folder, (message) => console.log(`warning: ${message}`), {
  patience: QUICK,
  create: hangIn === "write" ? createHalf : createFile,
});
const { cached } = await store.compute(CELL, new AbortController().signal, async () => {
  console.log("working");
  if (hangIn === "work") await hang();
  return PAYLOAD;
});
console.log(cached ? "cached" : "computed");

/** A file that takes half of what it is given, says so and goes silent. */
async function createHalf(path: string): Promise<NewFile> {
  const file = await createFile(path);
  return {
    async write(bytes) {
      await file.write(bytes.subarray(0, bytes.length / 2));
      console.log("half written");
      return await hang();
    },
    sync: () => file.sync(),
    close: () => file.close(),
  };
}

function hang(): Promise<never> {
  return new Promise(() => setInterval(() => {}, 1000));
}
