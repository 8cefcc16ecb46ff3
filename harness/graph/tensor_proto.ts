/**
 * Tensors between ONNX's protobuf and plain values.
 *
 * @module
 */
import type { onnx } from "onnx-proto";
import { RunError } from "../base/mod.ts";
import type { DataType, Tensor } from "./graph.ts";

/** Number of each element type in ONNX's TensorProto, its array and its bytes an element. */
const TYPES = {
  float32: { code: 1, array: Float32Array, bytes: 4 },
  uint8: { code: 2, array: Uint8Array, bytes: 1 },
  int8: { code: 3, array: Int8Array, bytes: 1 },
  int32: { code: 6, array: Int32Array, bytes: 4 },
  int64: { code: 7, array: BigInt64Array, bytes: 8 },
  bool: { code: 9, array: Uint8Array, bytes: 1 },
  float16: { code: 10, array: Uint16Array, bytes: 2 },
  float64: { code: 11, array: Float64Array, bytes: 8 },
} as const;

/** Reads `length` bytes at `offset` of a file beside the model. */
export type ReadExternal = (location: string, offset: number, length: number) => Uint8Array;

/** ONNX's number of an element type. */
export function typeCode(type: DataType): number {
  return TYPES[type].code;
}

/** The element type with ONNX's number, or undefined for one that is not supported. */
export function typeOfCode(code: number | null | undefined): DataType | undefined {
  return (Object.keys(TYPES) as DataType[]).find((type) => TYPES[type].code === code);
}

/**
 * @param where File and tensor, for errors.
 * @throws {RunError} When type, shape and length do not go together.
 */
export function decodeTensor(
  proto: onnx.ITensorProto,
  where: string,
  readExternal: ReadExternal,
): Tensor {
  const type = typeOfCode(proto.dataType);
  if (!type) throw new RunError(`${where}: element type ${proto.dataType} is not supported`);
  const { array, bytes } = TYPES[type];
  const dims = (proto.dims ?? []).map(Number);
  const length = dims.reduce((product, size) => product * size, 1);
  if (dims.some((size) => !Number.isSafeInteger(size) || size < 0) || length * bytes > 2 ** 34) {
    throw new RunError(`${where}: impossible shape [${dims.join(", ")}]`);
  }
  const raw = rawBytes(proto, where, length * bytes, readExternal);
  if (raw) {
    if (raw.byteLength !== length * bytes) {
      throw new RunError(
        `${where}: found ${raw.byteLength} bytes, wanted ${length * bytes} for ` +
          `${type} [${dims.join(", ")}]`,
      );
    }
    const aligned = isAligned(raw, bytes) ? raw : new Uint8Array(raw);
    return { type, dims, data: new array(aligned.buffer, aligned.byteOffset, length) };
  }
  const listed = listedValues(proto, type);
  if (listed.length !== length) {
    throw new RunError(
      `${where}: found ${listed.length} values, wanted ${length} for ${type} [${dims.join(", ")}]`,
    );
  }
  const data = type === "int64"
    ? BigInt64Array.from(listed, (value) => BigInt(String(value)))
    : new array(listed.map(Number) as number[] & bigint[]);
  return { type, dims, data };
}

function isAligned(raw: Uint8Array, bytes: number): raw is Uint8Array<ArrayBuffer> {
  return raw.byteOffset % bytes === 0 && raw.buffer instanceof ArrayBuffer;
}

function rawBytes(
  proto: onnx.ITensorProto,
  where: string,
  length: number,
  readExternal: ReadExternal,
): Uint8Array | undefined {
  if (proto.dataLocation === 1) {
    const entries = new Map((proto.externalData ?? []).map(({ key, value }) => [key, value]));
    const location = entries.get("location");
    if (!location) throw new RunError(`${where}: external data without a location`);
    const declared = Number(entries.get("length") ?? length);
    if (declared !== length) {
      throw new RunError(`${where}: external data of ${declared} bytes, wanted ${length}`);
    }
    return readExternal(location, Number(entries.get("offset") ?? 0), length);
  }
  return proto.rawData && proto.rawData.byteLength > 0 ? proto.rawData : undefined;
}

function listedValues(
  { floatData, doubleData, int64Data, int32Data }: onnx.ITensorProto,
  type: DataType,
): readonly unknown[] {
  switch (type) {
    case "float32":
      return floatData ?? [];
    case "float64":
      return doubleData ?? [];
    case "int64":
      return int64Data ?? [];
    default:
      return int32Data ?? [];
  }
}

/** The protobuf form, with the elements as raw bytes. */
export function encodeTensor(name: string, { type, dims, data }: Tensor): onnx.ITensorProto {
  return {
    name,
    dims: [...dims],
    dataType: typeCode(type),
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  };
}
