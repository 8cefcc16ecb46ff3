/**
 * Reading a trained ProtoPNet that a run left, with every digest checked.
 *
 * @module
 */
import { messageOf, RunError, sha256 } from "../base/mod.ts";
import { type Graph, readGraph } from "../graph/mod.ts";
import { LAST_LAYER, PROTOTYPES } from "../nets/mod.ts";
import { type PrototypeLayer, requirePrototypeLayer } from "../prototypes/mod.ts";
import { EXPORTED_MODEL_VERSION, exportedModelSchema, parseJson } from "../spec/mod.ts";
import {
  DESCRIPTION_FILE,
  type ModelFiles,
  MODELS,
  NETWORK_FILE,
  picturePath,
} from "./model_files.ts";

/** Largest network and picture, in bytes. */
const MOST_BYTES = { description: 2 ** 28, network: 2 ** 31, picture: 2 ** 26 } as const;

/** A trained ProtoPNet, ready to be used. */
export interface ReadModel extends ModelFiles {
  readonly graph: Graph;
  readonly layer: PrototypeLayer;
  /**
   * A picture that the description names.
   *
   * @throws {RunError} When it is missing or not what it was.
   */
  picture(digest: string): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Reads `models/<id>` in the folder of a run.
 *
 * @throws {RunError} When a file is missing, of another version, or not what it was when it was written.
 */
export async function readModel(folder: string, id: string): Promise<ReadModel> {
  const place = `${folder}/${MODELS}/${id}`;
  const model = descriptionIn(
    new TextDecoder().decode(await read(`${place}/${DESCRIPTION_FILE}`, MOST_BYTES.description)),
    `${place}/${DESCRIPTION_FILE}`,
  );
  const network = `${place}/${NETWORK_FILE}`;
  const onnx = await readChecked(network, model.onnx, MOST_BYTES.network);
  const graph = readGraph(onnx, network);
  const weights = (name: string) => {
    const data = graph.initializers.get(name)?.data;
    if (data instanceof Float32Array) return data;
    throw new RunError(`${network}: found no float32 weights "${name}", wanted a ProtoPNet's`);
  };
  const vectors = weights(PROTOTYPES);
  const layer: PrototypeLayer = {
    classes: model.classes.length,
    depth: vectors.length / model.prototypes.length,
    vectors,
    classOf: Int32Array.from(model.prototypes, ({ label }) => label),
    weights: weights(`${LAST_LAYER}weight`),
    similarity: model.similarity,
  };
  try {
    requirePrototypeLayer(layer);
  } catch (error) {
    throw new RunError(
      `${place}/${DESCRIPTION_FILE}: does not fit its network: ${messageOf(error)}`,
    );
  }
  return {
    model,
    onnx,
    graph,
    layer,
    picture: (digest) =>
      readChecked(`${folder}/${picturePath(digest)}`, digest, MOST_BYTES.picture),
  };
}

function descriptionIn(text: string, file: string) {
  const version = versionIn(text);
  if (version !== undefined && version !== EXPORTED_MODEL_VERSION) {
    throw new RunError(
      `${file}: schemaVersion: found ${
        JSON.stringify(version)
      }, wanted ${EXPORTED_MODEL_VERSION}: ` +
        "run its command again",
    );
  }
  try {
    return parseJson(exportedModelSchema, text, file);
  } catch (error) {
    const [first, ...others] = messageOf(error).split("\n");
    throw new RunError(others.length > 0 ? `${first}, and ${others.length} more` : first);
  }
}

/** Undefined for what is no JSON object, which the schema then says. */
function versionIn(text: string): unknown {
  try {
    return JSON.parse(text)?.schemaVersion;
  } catch {
    return undefined;
  }
}

async function readChecked(
  file: string,
  digest: string,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await read(file, most);
  const found = sha256(bytes);
  if (found === digest) return bytes;
  throw new RunError(
    `${file}: damaged: found SHA-256 ${found.slice(0, 12)}..., wanted ${digest.slice(0, 12)}...`,
  );
}

async function read(file: string, most: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const { size } = await Deno.stat(file);
    if (size > most) throw new RunError(`${file}: found ${size} bytes, wanted at most ${most}`);
    return await Deno.readFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new RunError(`${file}: no such file`);
    throw error;
  }
}
