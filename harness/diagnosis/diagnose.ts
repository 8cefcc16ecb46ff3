/**
 * All findings about one network.
 *
 * @module
 */
import type { Finding, InspectedAccuracy, NetworkResult } from "../spec/mod.ts";
import { bottleneck } from "./bottleneck.ts";
import { contraction } from "./contraction.ts";
import { curvature } from "./curvature.ts";
import { fewSamples } from "./few_samples.ts";

import { hubs } from "./hubs.ts";
import { lastHidden } from "./last_hidden.ts";
import { papersProfiles } from "./papers_profiles.ts";
import { untrainedTwinShape } from "./untrained_twin.ts";

/**
 * What deserves a look comes first.
 *
 * @param twin The same architecture with untrained weights on the same images, where there is one.
 * @param accuracy On the images, where their classes are known.
 */
export function diagnose(
  model: NetworkResult,
  twin: NetworkResult | undefined,
  accuracy: InspectedAccuracy | null = null,
): Finding[] {
  const findings = [
    ...contraction(model),
    ...untrainedTwinShape(model, twin),
    ...lastHidden(model, accuracy),
    ...papersProfiles(model),
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
