/**
 * Whether the last hidden representation is curved: fewer dimensions than its linear ones, and than
 * Gaussian points of the same covariance show (Ansuini et al. 2019, section 3.3, Figure 5).
 *
 * @module
 */
import type { Finding, NetworkResult } from "../spec/mod.ts";
import { mean } from "../stats/mod.ts";

import { digits } from "./layer_ids.ts";

/** Gaussian points / data, from which the representation counts as curved. */
const CURVED = 1.25;

/** One finding for the layer with Gaussian points; none without such a layer. */
export function curvature(model: NetworkResult): Finding[] {
  return model.layers.flatMap(({ name, groups }): Finding[] => {
    const known = groups.flatMap(({ pca }) =>
      pca?.gaussian_null
        ? [{
          linear: pca.n90,
          own: pca.gaussian_null.twonn_fit_standardised,
          flat: pca.gaussian_null.sizes[0]!.covariance.mean,
        }]
        : []
    );
    if (known.length === 0) return [];
    const own = mean(known.map((one) => one.own));
    const flat = mean(known.map((one) => one.flat));
    const isCurved = flat / own >= CURVED;
    return [{
      id: "curvature",
      concern: false,
      title: isCurved
        ? "The last hidden representation is curved"
        : "The last hidden representation is nearly as high-dimensional as a flat one",
      seen: `at "${name}" 90 % of the variance take ${
        digits(mean(known.map((one) => one.linear)))
      } components; the ID of the standardised features is ${
        digits(own)
      }, that of Gaussian points ` +
        `of the same covariance ${digits(flat)}, a factor of ${
          digits(flat / own)
        } (${CURVED} or more ` +
        "counts as curved).",
      meaning: isCurved
        ? "images lie on a surface that PCA cannot flatten, as in the paper's networks; methods that " +
          "reduce dimensions linearly keep too many."
        : "PCA describes this layer well.",
      limit: isCurved
        ? "curvature itself: clusters, one a class, lower the ID below that of one Gaussian too."
        : "that it is flat: with few images the Gaussian points are underestimated as well.",
    }];
  });
}
