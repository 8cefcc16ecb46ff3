/**
 * Where tests find networks and photographs whose terms do not allow shipping: a folder `shared`
 * beside the checkout. Without it such tests are skipped with a message, or fail when the
 * environment says `REQUIRE_SHARED=1`.
 *
 * @module
 */

const folder = new URL("../../../shared/", import.meta.url);

/** The folder, or undefined when it is absent. */
export const shared: URL | undefined = exists(folder) ? folder : undefined;

/** Registers a test that needs the shared folder. */
export function sharedTest(name: string, body: (shared: URL) => void | Promise<void>): void {
  if (shared === undefined && Deno.env.get("REQUIRE_SHARED") !== "1") {
    console.log(`skipped, ../shared is absent: ${name}`);
  }
  Deno.test({
    name,
    ignore: shared === undefined && Deno.env.get("REQUIRE_SHARED") !== "1",
    async fn() {
      if (shared === undefined) throw new Error("REQUIRE_SHARED=1, but ../shared is absent");
      await body(shared);
    },
  });
}

function exists(url: URL): boolean {
  try {
    Deno.statSync(url);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
