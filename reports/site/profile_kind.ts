/**
 * Results on the intrinsic dimension of layers.
 *
 * @module
 */
import {
  type NetworkResult,
  parseJson,
  type Result,
  RESULT_SCHEMA_VERSION,
  resultSchema,
} from "../../harness/spec/mod.ts";
import { placeInPaper } from "../layer_order.ts";
import { idAt } from "../over_groups.ts";
import { renderReport, reportView } from "../render.ts";
import { ORIGIN_TEXTS, weightsOrigin } from "../weights_origin.ts";
import type { ResultKind } from "./kinds.ts";
import { profileTable } from "./profile_table.ts";
import { reportFigures } from "./report_figures.ts";
import type { Measured, RunContent } from "./run_content.ts";

export const profileKind: ResultKind = {
  kind: undefined,
  version: RESULT_SCHEMA_VERSION,
  read: (text, file) => profileContent(parseJson(resultSchema, text, file)),
};

/** The content of a valid result. */
export function profileContent(result: Result): RunContent {
  const titles = new Map(result.data.map(({ id, title }) => [id, title]));
  return {
    frame: result,
    engines: [...new Set(result.trainings.map(({ engine }) => engine))].sort(),
    models: result.networks.map((network) => ({
      id: network.id,
      title: network.title,
      about: `${network.architecture}, ${ORIGIN_TEXTS[weightsOrigin(network)]}, on ${
        titles.get(network.data) ?? network.data
      }`,
    })),
    measure: "Estimated ID by layer, no unit",
    measured: result.networks.flatMap(measuredOf),
    networks: result.networks.filter(({ layers }) => layers.length > 0),
    pictures: [],
    documents() {
      const view = reportView(result);
      return {
        report: renderReport(result, view),
        tables: [{ name: "estimates.csv", text: profileTable(result) }],
        figures: reportFigures(view),
        pages: [],
      };
    },
  };
}

function measuredOf(network: NetworkResult): Measured[] {
  return network.layers.flatMap((layer, at) => {
    const id = idAt(layer);
    return id
      ? [{
        model: network.id,
        quantity: layer.name,
        value: id.mean,
        deviation: id.std,
        paper: network.paper?.id[placeInPaper(network, at)] ?? null,
      }]
      : [];
  });
}
