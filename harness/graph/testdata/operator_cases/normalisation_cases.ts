import * as fc from "fast-check";
import { int } from "../../graph.ts";
import { dimsOf, type OperatorCase, operatorCases, size } from "./case_builder.ts";

/** At least four values a channel, so that the statistics of a batch mean something. */
const features = fc.record({
  batch: fc.integer({ min: 4, max: 5 }),
  channels: size,
  spatial: dimsOf(0, 2),
  epsilon: fc.constantFrom(undefined, 0.01),
});

function batchNormalization(training: boolean): fc.Arbitrary<OperatorCase> {
  return operatorCases(features, ({ batch, channels, spatial, epsilon }, builder) => {
    const inputs = [
      builder.input("x", [batch, channels, ...spatial]),
      builder.input("scale", [channels], "nonzero"),
      builder.input("shift", [channels]),
      builder.fixedInput("mean", [channels], "normal"),
      builder.fixedInput("variance", [channels], "positive"),
    ];
    builder.graph.addNode({
      name: "y",
      op: "BatchNormalization",
      domain: "",
      inputs,
      outputs: training ? ["y", "new mean", "new variance"] : ["y"],
      attributes: new Map([
        ...(training
          ? [
            ["training_mode", int(1)] as const,
            ["momentum", { kind: "float", value: 0 }] as const,
          ]
          : []),
        ...(epsilon === undefined ? [] : [["epsilon", { kind: "float", value: epsilon }] as const]),
      ]),
    });
  });
}

/** Random configurations of batch normalisation. */
export const NORMALISATION_CASES: Readonly<Record<string, fc.Arbitrary<OperatorCase>>> = {
  "BatchNormalization with the statistics of the batch": batchNormalization(true),
  "BatchNormalization with fixed statistics": batchNormalization(false),
};
