import type { FloatTensor } from "../../../device/mod.ts";
import type { Tensor64 } from "../../../graph/testdata/interpret64.ts";
import type { LossCase } from "../../../graph/testdata/weighted_sum.ts";
import type { Batch } from "../../engine.ts";
import type { TrainingForm } from "../../training_form.ts";

/** A case of one operator as something to train: what it is differentiated by becomes a parameter. */
export function formOfCase({ graph, feeds, wrt }: LossCase): { form: TrainingForm; batch: Batch } {
  const values = [...feeds].map(([name, value]) => [name, float32(value)] as const);
  const isParameter = ([name]: readonly [string, FloatTensor]) => wrt.includes(name);
  const parameters = values.filter(isParameter).map(([name, { dims, data }]) =>
    [name, { type: "float32" as const, dims, data }] as const
  );
  const form: TrainingForm = {
    graph: {
      ...graph,
      inputs: graph.inputs.filter(({ name }) => !wrt.includes(name)),
      initializers: new Map([...graph.initializers, ...parameters]),
    },
    images: "",
    logits: "y",
    batch: 1,
    classes: 1,
    parameters: wrt,
    statistics: new Map(),
    masks: [],
    perImage: [],
    metrics: new Map(),
  };
  return {
    form,
    batch: Object.fromEntries(values.filter((value) => !isParameter(value))),
  };
}

function float32({ dims, data }: Tensor64): FloatTensor {
  return { dims, data: Float32Array.from(data) };
}
