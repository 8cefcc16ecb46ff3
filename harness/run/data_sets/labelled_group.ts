/**
 * A group to profile from labelled images that may not have been made yet.
 *
 * @module
 */
import { imageAt, type ImageGroup } from "../../../datasets/mod.ts";
import type { Image } from "../../images/mod.ts";
import type { TrainingImages } from "../../train/mod.ts";

/** Which images. */
export interface LabelledGroup {
  readonly id: string;
  readonly label: string;
  /** Positions in the set. */
  readonly members: ArrayLike<number>;
  /** Identity of the pixels, known without making them. */
  readonly identity: string;
  load(): Promise<TrainingImages>;
}

/** The group, whose images are made when the first one is read. */
export function labelledGroup(
  { id, label, members, identity, load }: LabelledGroup,
): ImageGroup {
  return {
    id,
    label,
    names: Array.from(members, (at) => `image-${String(at).padStart(5, "0")}`),
    digest: () => Promise.resolve(identity),
    async read(index): Promise<Image> {
      const { images } = await load();
      const { width, height, channels } = images;
      return {
        width,
        height,
        channels: channels === 1 ? 1 : 3,
        data: imageAt(images, members[index]!),
      };
    },
    async luminance(index) {
      const { luminance } = await load();
      return luminance?.[members[index]!] ?? 0;
    },
  };
}
