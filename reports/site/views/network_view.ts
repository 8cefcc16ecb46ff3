/**
 * A page for each network: where it appears, its numbers, the checks made on it.
 *
 * @module
 */
import type { SitePage } from "../page.ts";
import type { PublishedRun } from "../published_run.ts";
import { checkGroups } from "./checks_view.ts";
import { modelsOf } from "./experiment_view.ts";
import { experimentPath, networkPath } from "./paths.ts";
import { profileView } from "./profiles_view.ts";

/** @param runs Newest first. */
export function networkPages(runs: readonly PublishedRun[]): SitePage[] {
  return modelsOf(runs).sort().map((id) => {
    const members = runs.filter(({ content }) => content.models.some((one) => one.id === id));
    const places = Map.groupBy(
      members,
      ({ content: { frame } }) => JSON.stringify([frame.experiment.id, frame.profile]),
    );
    const newest = members[0]!.content.models.find((one) => one.id === id)!;
    return {
      path: networkPath(id),
      title: newest.title,
      template: "network",
      view: {
        id,
        title: newest.title,
        about: newest.about,
        places: [...places.values()].map((runs) => ({
          experiment: runs[0]!.content.frame.experiment,
          path: experimentPath(runs[0]!.content.frame.experiment.id),
          profile: runs[0]!.content.frame.profile,
          network: profileView(id, runs),
        })),
        checks: checkGroups(members, (_, subject) => isAbout(subject, id)),
      },
    };
  });
}

/** Whether a check's subject is a network, or a part of it such as "vgg: rise". */
function isAbout(subject: string, network: string): boolean {
  return subject === network || subject.startsWith(`${network}:`);
}
