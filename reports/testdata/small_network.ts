import type { NetworkResult } from "../../harness/spec/mod.ts";
import { PAPER_CURVES } from "./example_curves.ts";
import { exampleNetwork } from "./example_network.ts";

/** One of the invented networks on three groups of images, small enough for a snapshot. */
export function smallNetwork(
  id: string,
  groups: readonly string[] = ["a", "b", "c"],
): NetworkResult {
  const curve = PAPER_CURVES.find((curve) => curve.id === id);
  if (!curve) throw new Error(`no example named ${id}`);
  return exampleNetwork(curve, groups);
}
