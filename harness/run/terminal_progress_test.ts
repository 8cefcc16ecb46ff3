import assert from "node:assert/strict";
import { barProgress, plainProgress } from "./terminal_progress.ts";

/** A clock that stands still until it is put forward. */
function clockOf() {
  let milliseconds = 0;
  return { now: () => milliseconds, forward: (seconds: number) => milliseconds += 1000 * seconds };
}

Deno.test("plainProgress() writes at most one line in ten seconds, and one at the end", () => {
  const lines: string[] = [];
  const { now, forward } = clockOf();
  const task = plainProgress((line) => lines.push(line), now).begin("profile", 600, "images");
  for (let done = 0; done < 600; done++) {
    forward(0.05);
    task.advance(1);
  }
  task.finish();
  assert.deepEqual(lines, [
    "profile: 200 of 600 images, 20 s left",
    "profile: 400 of 600 images, 10 s left",
    "profile: 600 of 600 images, 0 s left",
    "profile: 600 of 600 images in 30 s",
  ]);
});

Deno.test("plainProgress() spaces the lines of several tasks too", () => {
  const lines: string[] = [];
  const { now, forward } = clockOf();
  const progress = plainProgress((line) => lines.push(line), now);
  const [a, b] = [progress.begin("a", 2 ** 21, "bytes"), progress.begin("b", 4, "items")];
  forward(10);
  a.advance(2 ** 20);
  b.advance(1);
  forward(10);
  b.advance(1);
  assert.deepEqual(lines, ["a: 1 MiB of 2 MiB, 10 s left", "b: 2 of 4 items, 20 s left"]);
});

Deno.test("plainProgress() says how far a task was when it ends early, once", () => {
  const lines: string[] = [];
  const { now, forward } = clockOf();
  const task = plainProgress((line) => lines.push(line), now).begin("a\u001b[2Jb", 9, "items");
  task.advance(4);
  forward(3);
  task.finish();
  task.finish();
  assert.deepEqual(lines, ["a?[2Jb: 4 of 9 items in 3 s"]);
});

Deno.test("barProgress() draws label, bar, amount and time left within the terminal", () => {
  let drawn = "";
  const stream = { isTTY: true, columns: 80, write: (text: string) => Boolean(drawn += text) };
  const { now, forward } = clockOf();
  const label = "resnet18 on English springer\u001b[2J";
  const task = barProgress(stream, now).begin(label, 500, "images");
  assert(drawn.includes(`resnet18 on English spr…  ${"░".repeat(16)}  0 of 500 images`));
  forward(30);
  task.advance(125);
  drawn = "";
  task.finish();
  task.finish();
  const bar = "█".repeat(4) + "░".repeat(12);
  assert(drawn.includes(`resnet18 on English spr…  ${bar}  125 of 500 images  1 min 30 s left`));
  assert(drawn.endsWith("\u001b[2K"), "the bar is cleared");
  // What stays switched off when a process is ended at once.
  assert(!drawn.includes("\u001b[?7l") && !drawn.includes("\u001b[?25l"));
});
