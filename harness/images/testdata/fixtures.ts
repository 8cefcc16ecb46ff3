/**
 * Tiny pictures and what Pillow makes of them; made by make_fixtures.py.
 *
 * @module
 */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { RunError } from "../../base/mod.ts";
import { decodeImage } from "../decode.ts";
import type { Image } from "../image.ts";
import expected from "./expected.json" with { type: "json" };

export { expected };

/** Bytes from their base64. */
export function bytesOf(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, "base64"));
}

/** The bytes of a picture in this folder. */
export function picture(name: string): Promise<Uint8Array> {
  return Deno.readFile(new URL(name, import.meta.url));
}

/** The picture that all others are made from. */
export function source(mode: "RGB" | "L"): Image {
  const { width, height, sources } = expected;
  return { width, height, channels: mode === "L" ? 1 : 3, data: bytesOf(sources[mode]) };
}

/** The pixels as RGB. */
export function rgbOf({ channels, data }: Image): Uint8Array {
  return channels === 3
    ? data
    : Uint8Array.from({ length: 3 * data.length }, (_, i) => data[Math.floor(i / 3)]!);
}

/** The same bytes with some replaced from `at` on. */
export function replaced(bytes: Uint8Array, at: number, ...values: number[]): Uint8Array {
  const changed = bytes.slice();
  changed.set(values, at);
  return changed;
}

/** Asserts that a picture called x is refused with such a message. */
export function assertRefused(bytes: Uint8Array, message: RegExp): Promise<void> {
  return assert.rejects(() => decodeImage(bytes, "x"), (error) => {
    assert.ok(error instanceof RunError, String(error));
    assert.match(error.message, message);
    return true;
  });
}
