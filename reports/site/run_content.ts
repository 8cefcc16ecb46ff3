/**
 * What the site knows of a stored result, whatever its kind.
 *
 * @module
 */
import type { NetworkResult, Result } from "../../harness/spec/mod.ts";
import type { SitePage } from "./page.ts";

/** The part that results of every kind share. */
export type RunFrame = Pick<
  Result,
  | "experiment"
  | "profile"
  | "seed"
  | "narrowed"
  | "command"
  | "device"
  | "environment"
  | "claims"
  | "notChecked"
  | "missing"
  | "notes"
>;

/** A network of a run. */
export interface ModelSummary {
  readonly id: string;
  readonly title: string;
  /** Architecture, weights, data: a few words. */
  readonly about: string;
}

/** A number that can be laid beside the same number of another run. */
export interface Measured {
  /** Id of the network. */
  readonly model: string;
  /** For instance the name of a layer. */
  readonly quantity: string;
  readonly value: number;
  /** Null where a mean has but one part. */
  readonly deviation: number | null;
  /** What the paper has there; null where it has nothing. */
  readonly paper: number | null;
}

/** A file that readers may take away. */
export interface Download {
  /** Plain characters only. */
  readonly name: string;
  readonly text: string;
}

/** A picture for readers to take away. */
export interface FigureDownload extends Download {
  readonly title: string;
}

/** What is made from a whole result when its files are written. */
export interface RunDocuments {
  /** A self-contained page. */
  readonly report: string | null;
  readonly tables: readonly Download[];
  readonly figures: readonly FigureDownload[];
  /** Pages of its own in the site's layout, for instance scoring sheets or a live model. */
  readonly pages: readonly SitePage[];
}

/** What a run's own files may refer to. */
export interface RunPlace {
  /** Folder under `runs`. */
  readonly slug: string;
  /** What lies in its folder `pictures`, by name. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
}

/** A result as the site needs it. */
export interface RunContent {
  readonly frame: RunFrame;
  /** What trained its networks. */
  readonly engines: readonly string[];
  readonly models: readonly ModelSummary[];
  /** What `measured` counts, with its unit. */
  readonly measure: string;
  readonly measured: readonly Measured[];
  /** Profiles over depth, where the result has them. */
  readonly networks: readonly NetworkResult[];
  /** Files in the folder `pictures` beside the result that its pages show. */
  readonly pictures: readonly string[];
  documents(place: RunPlace): RunDocuments;
}
