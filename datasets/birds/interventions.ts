/**
 * The same scene but for one thing: fewer parts, another variant of a part, fewer background objects.
 *
 * @module
 */
import { type ClassTable, classWith } from "./class_table.ts";
import { PARTS, VARIANT_COUNTS } from "./parts.ts";
import type { BirdScene } from "./scene.ts";

/**
 * The scene with some parts only; those it lacks already stay away.
 *
 * @param parts Parts that stay, as positions in `PARTS`, in any order.
 * @throws {RangeError} When there is no such part.
 */
export function keepParts(scene: BirdScene, parts: readonly number[]): BirdScene {
  for (const part of parts) requirePart(part);
  return {
    ...scene,
    variants: scene.variants.map((variant, part) => parts.includes(part) ? variant : null),
  };
}

/** A scene after a change of variant. */
export interface SwappedPart {
  readonly scene: BirdScene;
  /** The class it now shows, null when it shows none; `scene.label` still names the one it was made from. */
  readonly label: number | null;
}

/**
 * The scene with another variant of a part, also of one that it lacks.
 *
 * @throws {RangeError} When there is no such part or variant.
 */
export function swapPart(
  scene: BirdScene,
  table: ClassTable,
  part: number,
  variant: number,
): SwappedPart {
  requirePart(part);
  const count = VARIANT_COUNTS[part]!;
  if (!Number.isInteger(variant) || variant < 0 || variant >= count) {
    throw new RangeError(
      `Cannot change the ${PARTS[part]}: variant ${variant}, wanted 0 to ${count - 1}`,
    );
  }
  const variants = scene.variants.with(part, variant);
  return { scene: { ...scene, variants }, label: classWith(table, variants) };
}

/**
 * The scene without one of its background objects; the others keep their ids.
 *
 * @param id Of the object.
 * @throws {RangeError} When the scene has no such object.
 */
export function withoutObject(scene: BirdScene, id: number): BirdScene {
  const objects = scene.objects.filter((object) => object.id !== id);
  if (objects.length === scene.objects.length) {
    throw new RangeError(
      `Cannot remove background object ${id}: found ${
        scene.objects.map(({ id }) => id).join(", ")
      }`,
    );
  }
  return { ...scene, objects };
}

function requirePart(part: number): void {
  if (PARTS[part] !== undefined) return;
  throw new RangeError(`Cannot change part ${part}: wanted 0 to ${PARTS.length - 1}`);
}
