/**
 * `deno task bench NAME`: timings and comparisons that the README quotes.
 *
 * @module
 */
import { reference } from "./reference.ts";

const BENCHES: Readonly<Record<string, (args: string[]) => Promise<void>>> = { reference };

const [name = "", ...args] = Deno.args;
const bench = BENCHES[name];
if (!bench) {
  console.error(`bench: found "${name}", wanted one of ${Object.keys(BENCHES).join(", ")}`);
  Deno.exit(2);
}
await bench(args);
