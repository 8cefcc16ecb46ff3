/**
 * Weights that lie in files beside the model, never outside its folder.
 *
 * @module
 */
import { dirname, isAbsolute, resolve, sep } from "node:path";
import { RunError } from "../base/mod.ts";
import type { ReadExternal } from "./tensor_proto.ts";

/** Reads external data of the model at `path`. */
export function externalDataOf(path: string): ReadExternal {
  const folder = dirname(resolve(path));
  return (location, offset, length) => {
    const refuse = (why: string) => new RunError(`${path}: external data "${location}": ${why}`);
    const wanted = resolve(folder, location);
    if (isAbsolute(location) || location.includes("\\") || !wanted.startsWith(folder + sep)) {
      throw refuse("points outside the model's folder");
    }
    let real: string;
    try {
      real = Deno.realPathSync(wanted);
    } catch {
      throw refuse("no such file");
    }
    if (!real.startsWith(Deno.realPathSync(folder) + sep)) {
      throw refuse("is a link that leaves the model's folder");
    }
    const { isFile, size } = Deno.statSync(real);
    if (!isFile) throw refuse("is no file");
    if (!Number.isSafeInteger(offset) || offset < 0 || offset + length > size) {
      throw refuse(`bytes ${offset} to ${offset + length} wanted, the file has ${size}`);
    }
    using file = Deno.openSync(real);
    file.seekSync(offset, Deno.SeekMode.Start);
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length;) {
      const got = file.readSync(bytes.subarray(at));
      if (got === null) throw refuse("ends early");
      at += got;
    }
    return bytes;
  };
}
