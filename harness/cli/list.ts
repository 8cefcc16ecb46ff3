/**
 * `list`: the experiments and their profiles.
 *
 * @module
 */
import { listExperiments, loadExperiment } from "../spec/mod.ts";
import type { Options } from "./options.ts";
import { print } from "./print.ts";

/** Prints one line an experiment. */
export async function list({ json }: Options): Promise<number> {
  const ids = await listExperiments();
  const rows = (await Promise.all(ids.map((id) => loadExperiment(id)))).map(({ experiment }) => ({
    id: experiment.id,
    title: experiment.title,
    figure: experiment.figure,
    profiles: Object.keys(experiment.profiles),
    claims: experiment.claims.map((claim) => claim.id),
  }));
  print(
    json,
    rows,
    () =>
      rows.map(({ id, title, figure, profiles }) =>
        `${id}\n  ${title}\n  ${figure}; profiles: ${profiles.join(", ")}`
      ).join("\n"),
  );
  return 0;
}
