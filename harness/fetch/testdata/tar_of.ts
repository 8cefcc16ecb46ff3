/** Archives for tests. */
import { Buffer } from "node:buffer";
import { type Header, pack } from "tar-stream";

/** An entry to pack: a header, and text or bytes. */
export type TarEntry = Partial<Header> & {
  readonly name: string;
  readonly content?: string | Uint8Array;
};

/** An uncompressed archive. */
export async function tarOf(entries: readonly TarEntry[]): Promise<Uint8Array<ArrayBuffer>> {
  const packer = pack();
  for (const { content = "", ...header } of entries) packer.entry(header, Buffer.from(content));
  packer.finalize();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of packer as AsyncIterable<Uint8Array<ArrayBuffer>>) chunks.push(chunk);
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** Bytes, compressed. */
export async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** A tar.gz archive. */
export async function tarGzOf(entries: readonly TarEntry[]): Promise<Uint8Array<ArrayBuffer>> {
  return await gzip(await tarOf(entries));
}
