/**
 * The command line: the same options for every command, each checked, none ignored.
 *
 * @module
 */
import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { didYouMean, messageOf, parseMemory, UsageError } from "../base/mod.ts";
import type { DeviceKind, DeviceRequest } from "../device/mod.ts";
import type { EngineRequest } from "../run/mod.ts";

/** Everything a command may be told. */
export interface Options {
  /** Words that are not options, the command's name first. */
  readonly words: readonly string[];
  readonly profile: string | undefined;
  readonly device: DeviceRequest;
  readonly threads: number;
  readonly engine: EngineRequest;
  readonly seed: number | undefined;
  /** Folder with `models/` and `data/`. */
  readonly dataRoot: string;
  /** Folder of the artifacts. */
  readonly store: string;
  readonly memory: number;
  readonly out: string | undefined;
  readonly networks: readonly string[] | undefined;
  readonly samples: number | undefined;
  readonly replicates: number | undefined;
  /** Name of an array in a file of points. */
  readonly array: string | undefined;
  /** For a model that nobody described: its images, what groups them, and how it takes them. */
  readonly images: string | undefined;
  readonly labels: "folders" | undefined;
  readonly size: number | undefined;
  readonly mean: readonly number[] | undefined;
  readonly std: readonly number[] | undefined;
  /** For gates: the results, whether to make them, and the folder of the baselines. */
  readonly result: readonly string[];
  readonly run: boolean;
  readonly baselines: string;
  readonly updateBaseline: boolean;
  readonly reason: string | undefined;
  /** Further seeds that settle whether a failure is noise. */
  readonly repeat: number;
  readonly junit: string | undefined;
  /** A file, or - for the standard output. */
  readonly markdown: string | undefined;
  /** For comparisons: changes by less than this factor do not count. */
  readonly factor: number;
  /** For a matrix: what is varied. */
  readonly devices: readonly DeviceKind[] | undefined;
  readonly engines: readonly EngineRequest[] | undefined;
  readonly seeds: readonly number[] | undefined;
  readonly profiles: readonly string[] | undefined;
  /** For an explanation: the folder of a run, one of its networks, and an image. */
  readonly runFolder: string | undefined;
  readonly model: string | undefined;
  readonly image: string | undefined;
  /** For publishing: places of further results. */
  readonly from: readonly string[];
  /** For estimates of points: also as a page. */
  readonly report: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly help: boolean;
}

const ENGINES: readonly EngineRequest[] = ["ort", "tfjs"];

const DEVICE_KINDS: readonly DeviceKind[] = ["cpu", "wasm", "webgpu"];

const DEVICES: readonly DeviceRequest[] = ["auto", ...DEVICE_KINDS];

/** Where it is not the 4 GiB of the other commands: somebody else's model may leave little. */
const DEFAULT_MEMORY: Readonly<Record<string, string>> = { inspect: "2GiB" };

const LABELS = ["folders"] as const;

const KNOWN = {
  profile: { type: "string" },
  device: { type: "string", default: "auto" },
  threads: { type: "string" },
  engine: { type: "string", default: "ort" },
  seed: { type: "string" },
  "data-root": { type: "string", default: ".data" },
  store: { type: "string", default: ".store" },
  memory: { type: "string" },
  out: { type: "string" },
  networks: { type: "string" },
  samples: { type: "string" },
  replicates: { type: "string" },
  array: { type: "string" },
  images: { type: "string" },
  labels: { type: "string" },
  size: { type: "string" },
  mean: { type: "string" },
  std: { type: "string" },
  result: { type: "string", multiple: true, default: [] },
  run: { type: "boolean", default: false },
  baselines: { type: "string", default: "reports/baselines" },
  "update-baseline": { type: "boolean", default: false },
  reason: { type: "string" },
  repeat: { type: "string", default: "0" },
  junit: { type: "string" },
  markdown: { type: "string" },
  factor: { type: "string", default: "1.05" },
  devices: { type: "string" },
  engines: { type: "string" },
  seeds: { type: "string" },
  profiles: { type: "string" },
  from: { type: "string", multiple: true, default: [] },
  model: { type: "string" },
  image: { type: "string" },
  report: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  quiet: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const satisfies ParseArgsOptionsConfig;

/** What `--run` means to `explain`. */
const OF_EXPLAIN = { ...KNOWN, run: { type: "string" } } as const satisfies ParseArgsOptionsConfig;

/** What each option means, for `--help`. */
export const OPTIONS_HELP = `Options
  --profile NAME        embedded (default) or paper
  --device KIND         auto (default), webgpu, cpu or wasm
  --threads N           threads on cpu and wasm (default: all cores)
  --engine NAME         what trains: ort (default) or tfjs
  --networks A,B        only these networks
  --samples N           images a group; for estimate, points drawn at random
  --array NAME          for estimate: which array of an .npz archive
  --images DIR          for inspect: the images, .jpg and .png, also in sub-folders
  --labels folders      for inspect: one group of images a sub-folder (default: one group)
  --size PIXELS         for inspect: sides of the input of a model that leaves them open
  --mean A,B,C          for inspect: mean of each channel, white is 1 (default: ImageNet's)
  --std A,B,C           for inspect: standard deviation of each channel
  --result FILE         for gate: a result instead of the one in out/; again for repeats
  --run                 for gate: run the experiment instead of reading its result
  --repeat N            for gate: when a gate fails, N further seeds tell flaky from broken
  --update-baseline     for gate: make the result the baseline; --reason TEXT says why
  --baselines DIR       for gate: folder of the baselines (default: reports/baselines)
  --junit FILE          for gate: also as JUnit
  --markdown [FILE]     for gate: also as Markdown, without FILE instead of the table
  --factor F            for diff: smaller changes do not count (default: 1.05)
  --devices A,B         for matrix; so are --engines, --seeds, --profiles
  --run DIR             for explain: the folder of a run
  --image FILE          for explain: a JPEG or PNG; --out FILE.html is where the page goes
  --model ID            for explain: which of the run's ProtoPNets (default: its first)
  --from DIR            for publish: further results, for instance out; may be given again
  --seed N              base seed (default: the experiment's)
  --data-root DIR       folder with models/ and data/ (default: .data)
  --store DIR           folder of cached results (default: .store)
  --memory SIZE         for activations and tiles, for instance 1GiB (default: 4GiB; inspect: 2GiB)
  --out DIR             where result.json and report.html go (default: out/<experiment>-<profile>)
  --report              for estimate: also report.html, into --out or out/estimate-<file>
  --json                machine-readable output
  --quiet               no progress
  --help`;

/**
 * Reads the command line.
 *
 * @throws {UsageError} Naming the option, what was found and what was wanted.
 */
export function parseOptions(args: readonly string[]): Options {
  const { values, positionals } = read(args);
  const device = oneOf("device", DEVICES, values.device);
  const engine = oneOf("engine", ENGINES, values.engine);
  return {
    words: positionals,
    profile: values.profile,
    device,
    engine,
    threads: wholeNumber("threads", values.threads, 1) ?? navigator.hardwareConcurrency,
    seed: wholeNumber("seed", values.seed, 0),
    dataRoot: values["data-root"],
    store: values.store,
    memory: memorySize(values.memory ?? DEFAULT_MEMORY[positionals[0] ?? ""] ?? "4GiB"),
    out: values.out,
    networks: list(values.networks),
    samples: wholeNumber("samples", values.samples, 30),
    replicates: wholeNumber("replicates", values.replicates, 1),
    array: values.array,
    images: values.images,
    labels: values.labels === undefined ? undefined : oneOf("labels", LABELS, values.labels),
    size: wholeNumber("size", values.size, 1),
    mean: numbers("mean", values.mean, () => true, "numbers"),
    std: numbers("std", values.std, (value) => value > 0, "positive numbers"),
    result: values.result,
    run: values.run === true,
    baselines: values.baselines,
    updateBaseline: values["update-baseline"],
    reason: values.reason,
    repeat: wholeNumber("repeat", values.repeat, 0)!,
    junit: values.junit,
    markdown: values.markdown,
    factor: factorOf(values.factor),
    devices: list(values.devices)?.map((name) => oneOf("devices", DEVICE_KINDS, name)),
    engines: list(values.engines)?.map((name) => oneOf("engines", ENGINES, name)),
    seeds: list(values.seeds)?.map((text) => wholeNumber("seeds", text, 0)!),
    profiles: list(values.profiles),
    runFolder: typeof values.run === "string" ? values.run : undefined,
    model: values.model,
    image: values.image,
    from: values.from,
    report: values.report,
    json: values.json,
    quiet: values.quiet,
    help: values.help,
  };
}

/** What stands between commas. */
function list(text: string | undefined): string[] | undefined {
  return text?.split(",").map((name) => name.trim()).filter(Boolean);
}

function factorOf(text: string): number {
  const factor = text.trim() === "" ? NaN : Number(text);
  if (factor >= 1 && factor < Infinity) return factor;
  throw new UsageError(`--factor: found "${text}", wanted a number of at least 1`);
}

function oneOf<T extends string>(option: string, known: readonly T[], found: string): T {
  const value = known.find((name) => name === found);
  if (value !== undefined) return value;
  throw new UsageError(
    `--${option}: found "${found}", wanted one of ${known.join(", ")}${didYouMean(found, known)}`,
  );
}

function memorySize(text: string): number {
  try {
    return parseMemory(text);
  } catch (error) {
    throw new UsageError(`--memory: ${messageOf(error)}`);
  }
}

/** `--markdown` alone means the standard output. */
function completeMarkdown(args: readonly string[]): string[] {
  return args.map((arg, at) => {
    const next = args[at + 1];
    const alone = arg === "--markdown" && (next === undefined || next.startsWith("--"));
    return alone ? "--markdown=-" : arg;
  });
}

function read(args: readonly string[]) {
  try {
    const how = { args: completeMarkdown(args), allowPositionals: true, strict: true } as const;
    return args[0] === "explain"
      ? parseArgs({ ...how, options: OF_EXPLAIN })
      : parseArgs({ ...how, options: KNOWN });
  } catch (error) {
    const unknown = /Unknown option '--?([^']*)'/.exec(messageOf(error))?.[1];
    if (unknown === undefined) throw new UsageError(messageOf(error));
    throw new UsageError(`--${unknown}: unknown option${didYouMean(unknown, Object.keys(KNOWN))}`);
  }
}

function wholeNumber(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
    throw new UsageError(`--${name}: found "${text}", wanted a whole number of at least ${least}`);
  }
  return value;
}

function numbers(
  name: string,
  text: string | undefined,
  allowed: (value: number) => boolean,
  wanted: string,
): number[] | undefined {
  if (text === undefined) return undefined;
  const values = text.split(",").map((part) => part.trim() === "" ? NaN : Number(part));
  if (values.every((value) => Number.isFinite(value) && allowed(value))) return values;
  throw new UsageError(`--${name}: found "${text}", wanted ${wanted} separated by commas`);
}
