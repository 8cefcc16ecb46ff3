/**
 * Numbers as text, for results that are stored as JSON.
 *
 * @module
 */

/** Base64 of the little-endian bytes. */
export function encodeFloats(values: Float32Array): string {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength).toBase64();
}

/** What {@linkcode encodeFloats} was given. */
export function decodeFloats(text: string): Float32Array {
  return new Float32Array(Uint8Array.fromBase64(text).buffer);
}
