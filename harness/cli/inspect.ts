/**
 * `inspect`: the profile of anybody's model on anybody's images, beside an untrained twin, with findings.
 *
 * @module
 */
import { renderInspection } from "../../reports/inspection/mod.ts";
import {
  formatBytes,
  formatDuration,
  silentProgress,
  UsageError,
  writeAtomically,
} from "../base/mod.ts";
import { chooseDevice } from "../device/mod.ts";
import { digits, layerIds, withInterval } from "../diagnosis/mod.ts";
import { inspectModel, Store, terminalProgress } from "../run/mod.ts";
import type { Finding, InspectedAccuracy, InspectionResult, NetworkResult } from "../spec/mod.ts";
import type { Options } from "./options.ts";
import { print, table } from "./print.ts";

const DEFAULT_SEED = 1;

/** Inspects one model; writes `result.json` and `report.html`. Findings never fail the command. */
export async function inspect(options: Options, signal: AbortSignal): Promise<number> {
  const { labels, samples, size, mean, std, memory, json, quiet } = options;
  const { model, images } = inputs(options);
  const chosen = await chooseDevice(options.device, options.threads);
  if (!quiet) console.error(`device: ${chosen.device.kind} (${chosen.reason})`);
  using store = await Store.open(options.store, (message) => console.error(`warning: ${message}`));
  const result = await inspectModel(
    {
      ...{ model, images, labels, samples, size, mean, std },
      seed: options.seed ?? DEFAULT_SEED,
      command: commandOf(options, model, images),
    },
    chosen,
    {
      store,
      memoryBytes: memory,
      progress: quiet ? silentProgress : terminalProgress(),
      signal,
    },
  );
  const out = options.out ?? `out/inspect-${result.networks[0]!.id}`;
  const bytes = (text: string) => new TextEncoder().encode(text);
  await writeAtomically(`${out}/result.json`, bytes(JSON.stringify(result, null, 2) + "\n"));
  await writeAtomically(`${out}/report.html`, bytes(renderInspection(result)));
  print(json, result, () => summary(result, out));
  return 0;
}

function inputs({ words: [, model, ...rest], images }: Options) {
  if (model === undefined || rest.length > 0) {
    throw new UsageError("inspect: wanted one ONNX file");
  }
  if (images === undefined) throw new UsageError("--images: missing, wanted a folder of images");
  return { model, images };
}

function summary(result: InspectionResult, out: string): string {
  const [model, twin, ...readings] = result.networks as [
    NetworkResult,
    NetworkResult,
    ...NetworkResult[],
  ];
  const { environment, notes, findings, accuracy } = result;
  return [
    result.experiment.title,
    "",
    layersTable(model, twin),
    ...readings.length > 0 ? ["", readingsTable([model, ...readings])] : [],
    ...accuracy ? ["", accuracyLine(accuracy)] : [],
    "",
    "FINDINGS (! deserves a look)",
    "",
    ...findings.flatMap(findingLines),
    "BEFORE QUOTING A NUMBER",
    "",
    ...notes.map((note) => `- ${note}`),
    "",
    `${environment.cells.computed} cells computed, ${environment.cells.cached} from the store, ` +
    `${formatDuration(environment.seconds)}, ${formatBytes(environment.peakMemoryBytes)}`,
    `report: ${out}/report.html`,
  ].join("\n");
}

function accuracyLine({ images, top1, top5, labels }: InspectedAccuracy): string {
  const five = top5 === null ? "" : `, ${digits(100 * top5)} % among the five highest`;
  return `accuracy on the ${images} images: ${digits(100 * top1)} %${five} (classes ${labels})`;
}

function layersTable(model: NetworkResult, twin: NetworkResult): string {
  const untrained = layerIds(twin);
  const rows = layerIds(model).map((layer, at) => {
    const { depth, groups } = model.layers[at]!;
    const linear = groups.flatMap(({ pca }) => pca ? [pca.n90] : []);
    const shares = groups.map(({ hub }) => hub.share);
    return [
      layer.name,
      String(depth),
      String(layer.units),
      withInterval(layer),
      withInterval(untrained[at]!),
      [...new Set([Math.min(...linear), Math.max(...linear)])].join(" to "),
      `${digits(100 * Math.max(...shares))} %`,
    ];
  });
  const header = [
    "layer",
    "depth",
    "units",
    "ID (95 %)",
    "untrained twin",
    "PCA, 90 %",
    "strongest hub",
  ];
  return table(header, rows);
}

/** The ID of a transformer's layers in each reading of its tokens. */
function readingsTable(networks: readonly NetworkResult[]): string {
  const ids = networks.map(layerIds);
  const titles = networks.map(({ title }) => /\(([^)]*)\)$/.exec(title)?.[1] ?? "all tokens");
  const rows = ids[0]!.map((layer, at) => [
    layer.name,
    ...ids.map((reading) => withInterval(reading[at]!)),
  ]);
  return table(["layer", ...titles], rows);
}

function findingLines({ concern, title, seen, meaning, limit }: Finding): string[] {
  return [
    `${concern ? "!" : " "} ${title}`,
    `    seen: ${seen}`,
    `    may mean: ${meaning}`,
    `    does not prove: ${limit}`,
    "",
  ];
}

/** The shortest command that repeats the inspection. */
function commandOf(options: Options, model: string, images: string): string {
  const { labels, samples, size, mean, std, seed, device } = options;
  return [
    `deno task inspect ${model} --images ${images}`,
    labels && `--labels ${labels}`,
    samples !== undefined && `--samples ${samples}`,
    size !== undefined && `--size ${size}`,
    mean && `--mean ${mean.join(",")}`,
    std && `--std ${std.join(",")}`,
    seed !== undefined && `--seed ${seed}`,
    device !== "auto" && `--device ${device}`,
  ].filter(Boolean).join(" ");
}
