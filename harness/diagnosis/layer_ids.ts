/**
 * The ID of each layer of a network, with an interval.
 *
 * @module
 */
import type { LayerResult, NetworkResult } from "../spec/mod.ts";
import { mean, normalQuantile, studentInterval } from "../stats/mod.ts";

const LEVEL = 0.95;

/** One layer. */
export interface LayerId {
  readonly name: string;
  readonly units: number;
  /** `twonn_fit`, mean over groups. */
  readonly id: number;
  /** 95 %: Student's over groups; with one group the asymptotic d +- 1.96 d/sqrt(N). */
  readonly interval: readonly [number, number];
  /** Points that the estimate of a group rests on, the fewest. */
  readonly n: number;
}

/** Every layer, in the order of depth. */
export function layerIds({ layers }: NetworkResult): LayerId[] {
  return layers.map((layer) => ({
    name: layer.name,
    units: layer.units,
    id: mean(layer.groups.map(({ estimates }) => estimates.twonn_fit.value)),
    interval: intervalOf(layer),
    n: Math.min(...layer.groups.map(({ n }) => n)),
  }));
}

function intervalOf({ groups }: LayerResult): readonly [number, number] {
  const values = groups.map(({ estimates }) => estimates.twonn_fit.value);
  if (values.length > 1) return studentInterval(values, LEVEL);
  const { value, standardError } = groups[0]!.estimates.twonn_fit;
  const reach = normalQuantile((1 + LEVEL) / 2) * standardError;
  return [value - reach, value + reach];
}

/** The inner layers: neither the pixels nor the output. */
export function innerLayers(layers: readonly LayerId[]): LayerId[] {
  return layers.slice(1, -1);
}

/** The inner layer of highest ID and the last inner one; undefined without inner layers. */
export function peakAndLast(
  network: NetworkResult,
): { peak: LayerId; last: LayerId; ratio: number } | undefined {
  const inner = innerLayers(layerIds(network));
  const last = inner.at(-1);
  if (!last) return undefined;
  const peak = inner.reduce((best, layer) => layer.id > best.id ? layer : best);
  return { peak, last, ratio: peak.id / last.id };
}

/** Three significant digits. */
export function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** "12.3 (11 to 13.5)". */
export function withInterval({ id, interval }: LayerId): string {
  return `${digits(id)} (${interval.map(digits).join(" to ")})`;
}
