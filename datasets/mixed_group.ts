/**
 * Images of several classes as one group.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { ImageGroup } from "./dataset.ts";

/**
 * The groups' images in turn, the first of each before the second of any, up to `samples`: equally
 * many of each group, give or take one, while none runs out.
 *
 * @throws {RangeError} When the groups have fewer images together.
 */
export function mixedGroup(groups: readonly ImageGroup[], samples: number): ImageGroup {
  const members = inTurn(groups.map(({ names }) => names.length)).slice(0, samples);
  if (members.length < samples) {
    throw new RangeError(
      `Cannot mix ${groups.length} groups: found ${members.length} images, wanted ${samples}`,
    );
  }
  const member = (index: number) => {
    const found = members[index];
    if (found) return { ...found, group: groups[found.from]! };
    throw new RangeError(`Cannot read image ${index} of ${samples} mixed images`);
  };
  return {
    id: "all",
    label: `${groups.length} classes`,
    names: members.map(({ from, at }) => `${groups[from]!.id}/${groups[from]!.names[at]}`),
    async digest() {
      const hash = createHash("sha256").update(JSON.stringify([samples]));
      for (const group of groups) hash.update(await group.digest());
      return hash.digest("hex");
    },
    read(index) {
      const { group, at } = member(index);
      return group.read(at);
    },
    luminance(index) {
      const { group, at } = member(index);
      return group.luminance?.(at) ?? Promise.resolve(0);
    },
  };
}

/** Group and position of each image, the first of each group first. */
function inTurn(counts: readonly number[]): { from: number; at: number }[] {
  const rounds = Math.max(0, ...counts);
  return Array.from(
    { length: rounds },
    (_, at) => counts.flatMap((count, from) => at < count ? [{ from, at }] : []),
  ).flat();
}
