import proto, { type onnx } from "onnx-proto";

/**
 * A serialised model with a control-flow node: y = 2 x where the sum of x is positive, else x + 1. The
 * branches take x, and the weights `two` and `one`, from the graph around them.
 */
export function branchOnSum(): Uint8Array {
  const float = (name: string, ...dims: number[]): onnx.IValueInfoProto => ({
    name,
    type: { tensorType: { elemType: 1, shape: { dim: dims.map((dimValue) => ({ dimValue })) } } },
  });
  const scalar = (name: string, value: number): onnx.ITensorProto => ({
    name,
    dims: [],
    dataType: 1,
    floatData: [value],
  });
  const branch = (op: string, weight: string): onnx.IGraphProto => ({
    name: op,
    output: [float(`${op}.out`, 1, 2)],
    node: [{ name: op, opType: op, input: ["x", weight], output: [`${op}.out`] }],
  });
  const model: onnx.IModelProto = {
    irVersion: 8,
    opsetImport: [{ domain: "", version: 13 }],
    graph: {
      name: "branch_on_sum",
      input: [float("x", 1, 2)],
      output: [float("y", 1, 2)],
      initializer: [scalar("zero", 0), scalar("one", 1), scalar("two", 2)],
      node: [
        {
          name: "sum",
          opType: "ReduceSum",
          input: ["x"],
          output: ["sum"],
          attribute: [{ name: "keepdims", type: 2, i: 0 }],
        },
        { name: "positive", opType: "Greater", input: ["sum", "zero"], output: ["positive"] },
        {
          name: "choice",
          opType: "If",
          input: ["positive"],
          output: ["y"],
          attribute: [
            { name: "then_branch", type: 5, g: branch("Mul", "two") },
            { name: "else_branch", type: 5, g: branch("Add", "one") },
          ],
        },
      ],
    },
  };
  return proto.onnx.ModelProto.encode(model).finish();
}
