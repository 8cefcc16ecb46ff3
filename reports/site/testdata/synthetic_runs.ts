/**
 * Copies of a result as if it had been run again elsewhere. No number in them was measured.
 *
 * @module
 */
import { randomStream } from "../../../harness/base/mod.ts";
import type { Result } from "../../../harness/spec/mod.ts";
import { profileContent } from "../profile_kind.ts";
import type { StoredRun } from "../published_run.ts";

const DEVICES = ["cpu", "wasm", "webgpu"] as const;

/** How far estimates of copies lie apart, relative. */
const SPREAD = 0.02;

/** Three devices a seed, an hour apart; every seventh copy decides its first claim otherwise. */
export function syntheticResults(result: Result, copies: number): Result[] {
  return Array.from({ length: copies }, (_, copy) => {
    const random = randomStream(result.seed, "synthetic", copy);
    const kind = DEVICES[copy % DEVICES.length]!;
    const started = new Date(Date.UTC(2020, 0, 1, copy)).toISOString();
    return {
      ...result,
      seed: result.seed + Math.floor(copy / DEVICES.length),
      device: { ...result.device, kind },
      environment: { ...result.environment, startedAt: started },
      claims: result.claims.map((claim, at) =>
        at === 0 && copy % 7 === 6 ? { ...claim, verdict: "inconclusive" } : claim
      ),
      networks: result.networks.map((network) => ({
        ...network,
        layers: network.layers.map((layer) => ({
          ...layer,
          groups: layer.groups.map((group) => {
            const { twonn_fit } = group.estimates;
            const value = twonn_fit.value * (1 + SPREAD * (random.uniform() - 0.5));
            return {
              ...group,
              estimates: { ...group.estimates, twonn_fit: { ...twonn_fit, value } },
            };
          }),
        })),
      })),
    };
  });
}

/** A result as if it had been read from a file. */
export function storedRun(result: Result, file = "result.json"): StoredRun {
  return {
    file,
    bytes: new TextEncoder().encode(JSON.stringify(result, null, 2) + "\n"),
    content: profileContent(result),
    pictures: new Map(),
  };
}
