/**
 * Progress on standard error: a bar with the time left on a terminal, a plain line now and then
 * elsewhere.
 *
 * @module
 */
import process from "node:process";
import cliProgress from "cli-progress";
import {
  formatBytes,
  formatDuration,
  type Progress,
  type ProgressTask,
  type ProgressUnit,
} from "../base/mod.ts";

/** Milliseconds between plain lines. */
const PLAIN_INTERVAL = 10_000;

/** The implementation that fits where the output goes. */
export function terminalProgress(): Progress {
  return Deno.stderr.isTerminal() ? { begin: bar } : { begin: plainLines };
}

function bar(label: string, total: number, unit: ProgressUnit): ProgressTask {
  const start = performance.now();
  let done = 0;
  const single = new cliProgress.SingleBar({
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    format: "{label}  {bar}  {done}  {left}",
  });
  const state = () => ({
    label,
    done: amount(done, total, unit),
    left: timeLeft(start, done, total),
  });
  single.start(total, 0, state());
  return {
    advance(count) {
      done += count;
      single.update(done, state());
    },
    finish: () => single.stop(),
  };
}

function plainLines(label: string, total: number, unit: ProgressUnit): ProgressTask {
  const start = performance.now();
  let done = 0;
  let nextLine = start + PLAIN_INTERVAL;
  return {
    advance(count) {
      done += count;
      if (performance.now() < nextLine) return;
      nextLine = performance.now() + PLAIN_INTERVAL;
      console.error(`${label}: ${amount(done, total, unit)}, ${timeLeft(start, done, total)}`);
    },
    finish() {},
  };
}

function amount(done: number, total: number, unit: ProgressUnit): string {
  if (unit === "bytes") return `${formatBytes(done)} of ${formatBytes(total)}`;
  return `${done} of ${total} ${unit}`;
}

function timeLeft(start: number, done: number, total: number): string {
  const elapsed = (performance.now() - start) / 1000;
  return done === 0 ? "" : `${formatDuration(elapsed / done * (total - done))} left`;
}
