import { randomStream } from "../../../base/mod.ts";
import { type Graph, GraphBuilder, int } from "../../../graph/mod.ts";
import type { Batch } from "../../engine.ts";
import { TARGETS, trainingForm } from "../../training_form.ts";

/** A convolution with batch normalisation, pooling and a dense layer for 2 x 6 x 6 images, 3 classes. */
function smallNetwork(): Graph {
  const builder = new GraphBuilder("small");
  const random = randomStream(1, "small network");
  const draw = (name: string, dims: readonly number[]) => {
    const size = dims.reduce((product, value) => product * value, 1);
    builder.weight(name, dims, Float32Array.from({ length: size }, () => 0.3 * random.normal()));
  };
  draw("conv.weight", [4, 2, 3, 3]);
  draw("conv.bias", [4]);
  const normalisation = ["norm.weight", "norm.bias", "norm.running_mean", "norm.running_var"];
  for (const [at, name] of normalisation.entries()) {
    builder.weight(name, [4], new Float32Array(4).fill(at % 3 === 0 ? 1 : 0));
  }
  draw("dense.weight", [3, 36]);
  draw("dense.bias", [3]);
  const x = builder.conv("conv", builder.input("images", ["N", 2, 6, 6]), {
    kernel: 3,
    padding: 1,
  }, true);
  const normal = builder.add("norm.out", "BatchNormalization", [x, ...normalisation]);
  const pooled = builder.maxPool("pool", builder.add("relu", "Relu", [normal]), {
    kernel: 3,
    stride: 2,
    padding: 1,
  });
  builder.linear("dense", builder.add("flat", "Flatten", [pooled], { axis: int(1) }), "logits");
  builder.output("logits");
  return builder.build();
}

/** The network as it is trained with 5 images. */
export function smallForm() {
  return trainingForm(smallNetwork(), { batch: 5, image: [2, 6, 6] });
}

/** Random images with random classes. */
export function smallBatch(seed: number): Batch {
  const random = randomStream(seed, "small batch");
  const targets = new Float32Array(15);
  for (let image = 0; image < 5; image++) targets[3 * image + random.integer(3)] = 1;
  return {
    images: {
      dims: [5, 2, 6, 6],
      data: Float32Array.from({ length: 360 }, () => random.normal()),
    },
    [TARGETS]: { dims: [5, 3], data: targets },
  };
}
