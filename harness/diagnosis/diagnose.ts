/**
 * All findings about one network.
 *
 * @module
 */
import type { NetworkResult } from "../spec/mod.ts";
import { bottleneck } from "./bottleneck.ts";
import { contraction } from "./contraction.ts";
import { curvature } from "./curvature.ts";
import { fewSamples } from "./few_samples.ts";
import type { Finding } from "./finding.ts";
import { hubs } from "./hubs.ts";
import { lastHidden } from "./last_hidden.ts";
import { untrainedTwinShape } from "./untrained_twin.ts";

/**
 * What deserves a look comes first.
 *
 * @param twin The same architecture with untrained weights on the same images, where there is one.
 */
export function diagnose(model: NetworkResult, twin: NetworkResult | undefined): Finding[] {
  const findings = [
    ...contraction(model),
    ...untrainedTwinShape(model, twin),
    ...lastHidden(model),
    ...bottleneck(model),
    ...fewSamples(model),
    ...hubs(model),
    ...curvature(model),
  ];
  return [
    ...findings.filter(({ concern }) => concern),
    ...findings.filter(({ concern }) => !concern),
  ];
}
