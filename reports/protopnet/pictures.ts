/**
 * Where the pictures of a result are, as a page addresses them.
 *
 * @module
 */
/** Address of a picture by the digest of its file. */
export type PictureAddress = (digest: string) => string;

/** Pictures inside the page. */
export function embedded(read: (digest: string) => Uint8Array): PictureAddress {
  const known = new Map<string, string>();
  return (digest) => {
    const address = known.get(digest) ?? `data:image/png;base64,${read(digest).toBase64()}`;
    known.set(digest, address);
    return address;
  };
}
