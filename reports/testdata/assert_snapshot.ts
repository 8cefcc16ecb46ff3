import assert from "node:assert/strict";

/**
 * Compares a picture with the committed file of that name beside `figures/`, apart from the white space
 * that `deno fmt` changes; with UPDATE_SNAPSHOTS=1 in the environment it writes the file first, to
 * be reviewed as a change.
 */
export function assertSnapshot(name: string, svg: string): void {
  const file = new URL(`../figures/testdata/${name}`, import.meta.url);
  if (Deno.env.get("UPDATE_SNAPSHOTS") === "1") Deno.writeTextFileSync(file, svg);
  assert.equal(withoutLayout(svg), withoutLayout(Deno.readTextFileSync(file)));
}

function withoutLayout(svg: string): string {
  return svg.replaceAll(/\s+/g, " ").replaceAll(/> | (?=<)/g, (space) => space.trim()).trim();
}
