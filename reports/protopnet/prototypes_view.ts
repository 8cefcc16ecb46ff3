/**
 * The prototypes of one run of each ProtoPNet: where each comes from, and what else it likes.
 *
 * @module
 */
import type { ModelResult, ProtopnetResult, PrototypeResult } from "../../harness/spec/mod.ts";
import { digits, finePercent, NONE, percent, plural } from "../views/format.ts";
import type { PictureAddress } from "./pictures.ts";
import { spread } from "./spread.ts";

/** The section with the prototypes; null for results without them. */
export function prototypesView(
  { models, classes }: ProtopnetResult,
  picture: PictureAddress,
) {
  const shown = models.filter(({ runs }) => runs.some(({ projection }) => projection !== null));
  if (shown.length === 0) return null;
  return {
    projections: shown.flatMap((model) => model.runs.flatMap((run) => projectionRow(model, run))),
    prunings: shown.flatMap((model) => model.runs.flatMap((run) => pruningRow(model, run))),
    galleries: shown.flatMap((model) => galleryOf(model, classes[model.data]!, picture)),
  };
}

function projectionRow({ title, prototypes }: ModelResult, run: ModelResult["runs"][number]) {
  const { projection, ownClassNeighbours, replicate, additivity } = run;
  if (!projection) return [];
  return [{
    title,
    replicate: replicate + 1,
    epoch: projection.epoch,
    before: shareText(projection.accuracyBefore),
    after: shareText(projection.accuracyAfter),
    end: shareText(run.validation?.accuracy ?? null),
    moved: digits(projection.moved),
    distance: digits(projection.largestDistance, 2),
    elsewhere: projection.notAtArgmax,
    duplicates: `${projection.duplicates} of ${prototypes ?? NONE}`,
    identical: projection.identicalClasses.join(", ") || "none",
    own: ownClassNeighbours === null ? NONE : percent(ownClassNeighbours),
    error: digits(additivity?.largestError, 2),
  }];
}

function pruningRow({ title }: ModelResult, { pruning, replicate }: ModelResult["runs"][number]) {
  if (!pruning) return [];
  const { removed, kept, accuracyBefore, accuracyPruned, accuracyAfter } = pruning;
  return [{
    title,
    replicate: replicate + 1,
    removed: `${removed} of ${removed + kept}`,
    before: finePercent(accuracyBefore),
    pruned: finePercent(accuracyPruned),
    after: finePercent(accuracyAfter),
  }];
}

/** Prototypes with pictures, by class. */
function galleryOf(
  { title, runs }: ModelResult,
  names: readonly string[],
  picture: PictureAddress,
) {
  const run = runs.find(({ prototypes }) => prototypes.some((one) => one.picture !== undefined));
  if (!run) return [];
  const pictured = run.prototypes.filter((one) => one.picture !== undefined);
  const byClass = Map.groupBy(pictured, ({ label }) => label);
  return [{
    title,
    shown: `${pictured.length} of ${plural(run.prototypes.length, "prototype")}`,
    purity: spread(run.prototypes.flatMap(({ purity }) => purity ?? [])),
    classes: [...byClass].map(([label, prototypes]) => ({
      name: names[label],
      prototypes: prototypes.map((one) => prototypeCard(one, names, picture)),
    })),
  }];
}

function prototypeCard(
  prototype: PrototypeResult,
  names: readonly string[],
  picture: PictureAddress,
) {
  const { index, image, part, purity, ownWeight, pruned, train, test } = prototype;
  const strip = (neighbours: PrototypeResult["train"]) =>
    neighbours.filter((one) => one.picture !== undefined).map((one) => ({
      picture: picture(one.picture!),
      text: `${names[one.label]}, distance ${digits(one.distance)}`,
      foreign: one.label !== prototype.label,
    }));
  return {
    index,
    image,
    picture: picture(prototype.picture!),
    weight: ownWeight.toFixed(2),
    looksAt: part === null ? null : `${part}${purity === null ? "" : `, purity ${digits(purity)}`}`,
    pruned: pruned ? "pruned" : null,
    train: strip(train),
    test: strip(test),
    alike: plural(train.length, "training image"),
  };
}

function shareText(share: number | null): string {
  return share === null ? NONE : finePercent(share);
}
