/**
 * Prints the share of its memory that a process maps anew when it frees and takes it, over and over, after
 * `keepFreedMemory()`. A process of its own, since only one with all permissions may read its statistics.
 *
 * @module
 */
import { keepFreedMemory } from "../keep_freed_memory.ts";

const PAGE = 4096;
const PIECES = 16;
const PIECE = 2 ** 20;
const ROUNDS = 10;

/** Pages that the system mapped for this process so far (minflt, proc(5)). */
function mappedPages(): number {
  const [, fields] = Deno.readTextFileSync("/proc/self/stat").split(") ");
  return Number(fields!.split(" ")[7]);
}

function takeAndFree(): void {
  const pieces = Array.from({ length: PIECES }, () => new Uint8Array(PIECE).fill(1));
  for (const { buffer } of pieces) buffer.transfer(0);
}

keepFreedMemory();
takeAndFree();
const before = mappedPages();
for (let round = 0; round < ROUNDS; round++) takeAndFree();
console.log((mappedPages() - before) / (ROUNDS * PIECES * PIECE / PAGE));
