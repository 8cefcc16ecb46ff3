/**
 * How the networks of a run are told apart where several stand in one chart.
 *
 * @module
 */
import type { NetworkResult } from "../../harness/spec/mod.ts";
import { weightsOrigin } from "../weights_origin.ts";
import { originStyle, type SeriesStyle } from "./palette.ts";

/**
 * One style a network: twins share colour and marker, and differ in line and filling.
 *
 * @param dataInPanels Whether each data set has a panel of its own, so that one architecture may look
 * the same on all.
 */
export function networkStyles(
  networks: readonly NetworkResult[],
  dataInPanels = false,
): SeriesStyle[] {
  const seen = new Map<string, number>();
  const slots = new Map<string, number>();
  return networks.map((network) => {
    const { architecture, data } = network;
    const origin = weightsOrigin(network);
    const alike = JSON.stringify([origin, architecture, data]);
    const nth = seen.get(alike) ?? 0;
    seen.set(alike, nth + 1);
    const twins = JSON.stringify([architecture, nth, dataInPanels ? null : data]);
    const slot = slots.get(twins) ?? slots.size;
    slots.set(twins, slot);
    return originStyle(slot, origin);
  });
}
