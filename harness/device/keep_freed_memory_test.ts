import assert from "node:assert/strict";
import { keepFreedMemory } from "./keep_freed_memory.ts";

const PAGE = 4096;
const PIECES = 16;
const PIECE = 2 ** 20;

/** Pages that the system mapped for this process so far (minflt, proc(5)). */
function mappedPages(): number {
  const [, fields] = Deno.readTextFileSync("/proc/self/stat").split(") ");
  return Number(fields!.split(" ")[7]);
}

function takeAndFree(): void {
  const pieces = Array.from({ length: PIECES }, () => new Uint8Array(PIECE).fill(1));
  for (const { buffer } of pieces) buffer.transfer(0);
}

Deno.test({
  name: "keepFreedMemory() lets freed memory be taken again without mapping it anew",
  ignore: Deno.build.os !== "linux" || !Deno.build.target.endsWith("gnu"),
  fn() {
    keepFreedMemory();
    takeAndFree();
    const before = mappedPages();
    const rounds = 10;
    for (let round = 0; round < rounds; round++) takeAndFree();
    const pages = rounds * PIECES * PIECE / PAGE;
    assert.ok(mappedPages() - before < pages / 10, `${mappedPages() - before} of ${pages} pages`);
  },
});
