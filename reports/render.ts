import type { Result } from "../harness/spec/mod.ts";
export function renderReport(result: Result): string {
  return result.experiment.title;
}
