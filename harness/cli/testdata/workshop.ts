/**
 * A folder in which tests hold made-up results against made-up baselines by the command line.
 *
 * @module
 */
import assert from "node:assert/strict";
import { exampleResult, type RunRequest } from "../../gates/testdata/runs.ts";
import { loadExperiment, type Result } from "../../spec/mod.ts";
import { main } from "../main.ts";

/** Runs the command line in this process; gives its exit code and what it printed. */
export async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { log, error } = console;
  const [out, err]: [string[], string[]] = [[], []];
  console.log = (text: string) => out.push(text);
  console.error = (text: string) => err.push(text);
  try {
    return { code: await main(args), out: out.join("\n"), err: err.join("\n") };
  } finally {
    console.log = log;
    console.error = error;
  }
}

/** A folder with baselines and results. */
export class Workshop implements AsyncDisposable {
  private constructor(readonly folder: string, private readonly specSha256: string) {}

  static async open(): Promise<Workshop> {
    const { sha256, experiment } = await loadExperiment("id-hunchback");
    return new Workshop(await Deno.makeTempDir(), sha256(experiment.defaultProfile));
  }

  /** Writes a result into a folder of a run. */
  async write(name: string, request: RunRequest = {}): Promise<string> {
    const result = exampleResult({ specSha256: this.specSha256, ...request });
    const named: Result = { ...result, experiment: { ...result.experiment, id: "id-hunchback" } };
    await Deno.mkdir(`${this.folder}/${name}`, { recursive: true });
    const file = `${this.folder}/${name}/result.json`;
    await Deno.writeTextFile(file, JSON.stringify(named));
    return file;
  }

  gate(...args: string[]) {
    return run("gate", ...args, "--baselines", `${this.folder}/baselines`);
  }

  async baseline(): Promise<string> {
    const file = await this.write("run");
    const update = ["--update-baseline", "--reason", "first"];
    const { code, err } = await this.gate("id-hunchback", "--result", file, ...update);
    assert.equal(code, 0, err);
    return `${this.folder}/baselines/id-hunchback-embedded.json`;
  }

  async [Symbol.asyncDispose]() {
    await Deno.remove(this.folder, { recursive: true });
  }
}
