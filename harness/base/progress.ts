/**
 * How long work tells how far it is. Implementations live where the output goes.
 *
 * @module
 */

/** What is counted. */
export type ProgressUnit = "images" | "bytes" | "items";

/** Something that shows progress. */
export interface Progress {
  /** Starts a task of a known size. */
  begin(label: string, total: number, unit: ProgressUnit): ProgressTask;
}

/** One task under way. */
export interface ProgressTask {
  /**
   * `count` more are done.
   *
   * @param note What else to show, for instance the loss; it replaces the note before.
   */
  advance(count: number, note?: string): void;
  /** The task is over, finished or not. */
  finish(): void;
}

/** Shows nothing. */
export const silentProgress: Progress = {
  begin: () => ({ advance() {}, finish() {} }),
};
