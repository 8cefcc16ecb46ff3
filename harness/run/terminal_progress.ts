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

/** Characters of a label that leave room for the rest of the bar on 80 columns. */
const LABEL_WIDTH = 24;

/** Where bars are drawn: a part of Node's tty.WriteStream. */
export interface TerminalStream {
  readonly isTTY: boolean;
  readonly columns?: number;
  write(text: string): boolean;
}

/** Milliseconds since some moment. */
export type Clock = () => number;

/** The implementation that fits where standard error goes. */
export function terminalProgress(): Progress {
  const clock = () => performance.now();
  return Deno.stderr.isTerminal()
    ? barProgress(process.stderr, clock)
    : plainProgress(console.error, clock);
}

/** A bar for each task, which goes away when the task is over. */
export function barProgress(stream: TerminalStream, clock: Clock): Progress {
  return { begin: (label, total, unit) => bar(new Task(label, total, unit, clock), stream) };
}

/** At most one line in ten seconds, and one at the end of each task. */
export function plainProgress(write: (line: string) => void, clock: Clock): Progress {
  let nextLine = clock() + PLAIN_INTERVAL;
  return {
    begin(label, total, unit) {
      const task = new Task(label, total, unit, clock);
      let finished = false;
      return {
        advance(count, note = "") {
          task.done += count;
          if (clock() < nextLine) return;
          nextLine = clock() + PLAIN_INTERVAL;
          const parts = [task.amount(), note, note && task.rate(), task.timeLeft()];
          write(`${task.label}: ${parts.filter(Boolean).join(", ")}`);
        },
        finish() {
          if (finished) return;
          finished = true;
          write(`${task.label}: ${task.amount()} in ${formatDuration(task.elapsed())}`);
        },
      };
    },
  };
}

function bar(task: Task, stream: TerminalStream): ProgressTask {
  const single = new cliProgress.SingleBar({
    stream,
    format: "{label}  {bar}  {amount}  {left}  {note}",
    barsize: 16,
    clearOnComplete: true,
    // A process that is ended at once must not leave the terminal without wrapping.
    linewrap: true,
  }, cliProgress.Presets.shades_classic);
  const label = task.label.length > LABEL_WIDTH
    ? `${task.label.slice(0, LABEL_WIDTH - 1)}…`
    : task.label;
  const state = (note: string) => ({
    label,
    amount: task.amount(),
    left: task.timeLeft(),
    note: note && `${task.rate()}, ${note}`,
  });
  single.start(task.total, 0, state(""));
  return {
    advance(count, note = "") {
      task.done += count;
      single.update(task.done, state(note));
    },
    finish: () => single.stop(),
  };
}

/** How far a task is, in words. */
class Task {
  readonly label: string;
  readonly total: number;
  done = 0;
  readonly #unit: ProgressUnit;
  readonly #clock: Clock;
  readonly #start: number;

  constructor(label: string, total: number, unit: ProgressUnit, clock: Clock) {
    // Labels hold names of files and folders, which may hold what a terminal would obey.
    this.label = label.replace(/\p{Cc}/gu, "?");
    this.total = total;
    this.#unit = unit;
    this.#clock = clock;
    this.#start = clock();
  }

  /** Seconds since the start. */
  elapsed(): number {
    return (this.#clock() - this.#start) / 1000;
  }

  amount(): string {
    return this.#unit === "bytes"
      ? `${formatBytes(this.done)} of ${formatBytes(this.total)}`
      : `${this.done} of ${this.total} ${this.#unit}`;
  }

  /** How many a second. */
  rate(): string {
    return `${Math.round(this.done / this.elapsed())} ${this.#unit}/s`;
  }

  timeLeft(): string {
    if (this.done === 0) return "";
    return `${
      formatDuration(this.elapsed() / this.done * Math.max(0, this.total - this.done))
    } left`;
  }
}
