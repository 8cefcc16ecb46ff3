/**
 * Fixes the seed of property tests that name none, so that a test run repeats exactly.
 * `PROPERTY_SEED` takes another one: with it, the same tests search elsewhere.
 *
 * @module
 */
import fc from "fast-check";

fc.configureGlobal({ seed: Number(Deno.env.get("PROPERTY_SEED") ?? 1) });
