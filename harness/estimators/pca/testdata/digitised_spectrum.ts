import curves from "../../../../experiments/reference/paper_curves.json" with { type: "json" };

/** Points and features of the paper's last hidden layer of VGG-16. */
export const VGG16 = { points: 2016, features: 4096 };

/**
 * The singular values of VGG-16's last hidden layer, from the eleven ranks that Figure 5A was read at:
 * straight lines between them in log-log up to rank 500, then the power law that gives all n - 1 of them
 * the variance of standardised features, sum s^2 = n x features.
 */
export function digitisedVgg16(): Float64Array {
  let [steep, flat] = [-5, 0];
  while (flat - steep > 1e-12) {
    const slope = (steep + flat) / 2;
    const total = continued(slope).reduce((sum, s) => sum + s ** 2, 0);
    if (total > VGG16.points * VGG16.features) flat = slope;
    else steep = slope;
  }
  return continued(steep);
}

function continued(tail: number): Float64Array {
  const { rank: ranks, singular_value: values } = curves.fig5A.vgg16;
  return Float64Array.from({ length: VGG16.points - 1 }, (_, at) => {
    const rank = at + 1;
    const above = ranks.findIndex((known) => known >= rank);
    const low = above < 0 ? ranks.length - 1 : Math.max(0, above - 1);
    const slope = above < 0
      ? tail
      : Math.log(values[low + 1]! / values[low]!) / Math.log(ranks[low + 1]! / ranks[low]!);
    return values[low]! * (rank / ranks[low]!) ** slope;
  });
}
