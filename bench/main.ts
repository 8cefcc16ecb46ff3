/**
 * `deno task bench NAME`: timings and comparisons that the README quotes.
 *
 * @module
 */
import { accuracy } from "./accuracy.ts";
import { gates } from "./gates.ts";
import { growth, growthJob } from "./growth.ts";
import { id, idJob } from "./id.ts";
import { livePage } from "./live_page.ts";
import { reference } from "./reference.ts";
import { spread } from "./spread.ts";
import { train, trainJob } from "./train.ts";
import { trainProtopnet, trainProtopnetJob } from "./train_protopnet.ts";
import { twonn, twonnJob } from "./twonn.ts";
import { wide, wideJob } from "./wide.ts";

/** The ones that end in -job are started by the others, in processes of their own. */
const BENCHES: Readonly<Record<string, (args: string[]) => Promise<void>>> = {
  accuracy,
  gates,
  growth,
  id,
  reference,
  spread,
  train,
  twonn,
  wide,
  "growth-job": growthJob,
  "id-job": idJob,
  "live-page": livePage,
  "train-job": trainJob,
  "train-protopnet": trainProtopnet,
  "train-protopnet-job": trainProtopnetJob,
  "twonn-job": twonnJob,
  "wide-job": wideJob,
};

const [name = "", ...args] = Deno.args;
const bench = BENCHES[name];
if (!bench) {
  const names = Object.keys(BENCHES).filter((name) => !name.endsWith("-job"));
  console.error(`bench: found "${name}", wanted one of ${names.join(", ")}`);
  Deno.exit(2);
}
await bench(args);
