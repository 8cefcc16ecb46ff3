/**
 * The command line's entry: finds the command, runs it, turns errors into messages and exit codes.
 *
 * @module
 */
import { didYouMean, RunError, UsageError } from "../base/mod.ts";
import { describe } from "./describe.ts";
import { diff } from "./diff.ts";
import { doctor } from "./doctor.ts";
import { estimate } from "./estimate.ts";
import { explain } from "./explain.ts";
import { fetchData } from "./fetch.ts";
import { list } from "./list.ts";
import { gate } from "./gate.ts";
import { inspect } from "./inspect.ts";
import { interruptSignal } from "../run/mod.ts";
import { matrix } from "./matrix.ts";
import { type Options, OPTIONS_HELP, parseOptions } from "./options.ts";
import { plan } from "./plan.ts";
import { publish } from "./publish.ts";
import { report } from "./report.ts";
import { reproduce } from "./reproduce.ts";

/** Exit codes, the same for every command. */
export const EXIT = { passed: 0, gateFailed: 1, usage: 2, runFailed: 3, interrupted: 130 } as const;

interface Command {
  readonly usage: string;
  readonly summary: string;
  run(options: Options, signal: AbortSignal): Promise<number>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  reproduce: {
    usage: "reproduce EXPERIMENT",
    summary: "run an experiment, write its report, check its claims",
    run: reproduce,
  },
  list: { usage: "list", summary: "the experiments and their profiles", run: list },
  describe: {
    usage: "describe EXPERIMENT",
    summary: "what an experiment claims, measures and needs",
    run: describe,
  },
  plan: {
    usage: "plan EXPERIMENT",
    summary: "the cells of a run, which are cached, and the time it would take",
    run: plan,
  },
  report: {
    usage: "report RESULT.json",
    summary: "write report.html again from a result",
    run: report,
  },
  estimate: {
    usage: "estimate FILE",
    summary: "every estimate for points from .npy, .npz or a table of numbers",
    run: estimate,
  },
  inspect: {
    usage: "inspect MODEL.onnx",
    summary: "the same analysis of your own network, on the images of --images",
    run: inspect,
  },
  explain: {
    usage: "explain",
    summary: "why a ProtoPNet of --run classifies --image as it does",
    run: explain,
  },
  gate: {
    usage: "gate EXPERIMENT|all",
    summary: "hold a result against its baseline",
    run: gate,
  },
  diff: {
    usage: "diff A B",
    summary: "what two results, folders of runs or baselines differ in",
    run: diff,
  },
  publish: {
    usage: "publish [DIR ...]",
    summary: "write the site of stored results (default: those in reports/results)",
    run: publish,
  },
  matrix: {
    usage: "matrix EXPERIMENT",
    summary: "run over --devices, --engines, --seeds, --profiles, and compare",
    run: matrix,
  },
  fetch: {
    usage: "fetch imagenet|cifar10|cub200",
    summary: "download networks and images",
    run: fetchData,
  },
  doctor: {
    usage: "doctor",
    summary: "devices, versions, threads and a self-test on each device",
    run: doctor,
  },
};

const HELP = `usage: deno task COMMAND [options]

Commands
${Object.values(COMMANDS).map(({ usage, summary }) => `  ${usage.padEnd(24)}${summary}`).join("\n")}

${OPTIONS_HELP}

Exit codes: 0 all gates pass, 1 a gate does not, 2 wrong usage or specification,
3 a run failed or an input is missing, 130 interrupted`;

/** Runs the command line and returns its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  using interrupt = interruptSignal();
  try {
    const options = parseOptions(args);
    const [name] = options.words;
    if (options.help || name === undefined) {
      console.log(HELP);
      return name === undefined && !options.help ? EXIT.usage : EXIT.passed;
    }
    const command = COMMANDS[name];
    if (!command) {
      throw new UsageError(
        `${name}: unknown command${didYouMean(name, Object.keys(COMMANDS))}; ` +
          "--help lists them",
      );
    }
    return await command.run(options, interrupt.signal);
  } catch (error) {
    if (interrupt.signal.aborted) {
      console.error("interrupted: the same command goes on where this one stopped");
      return EXIT.interrupted;
    }
    if (error instanceof UsageError) return fail(error, EXIT.usage);
    if (error instanceof RunError) return fail(error, EXIT.runFailed);
    throw error;
  }
}

function fail(error: Error, code: number): number {
  console.error(`error: ${error.message}`);
  return code;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
