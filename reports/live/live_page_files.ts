/**
 * A live page: its text, its network as a script, its pictures.
 *
 * @module
 */
import { decode } from "fast-png";
import { messageOf, RunError } from "../../harness/base/mod.ts";
import { templates } from "../templates.ts";
import { type LiveModel, requireLiveModel } from "./live_model.ts";
import { type LiveFile, PAGE_SCRIPTS } from "./live_runtime_files.ts";
import { packedScripts } from "./packed_scripts.ts";

const render = templates([new URL("./templates/", import.meta.url)]);

/**
 * The files of a page; the same model gives the same bytes.
 *
 * @param runtime Address of the files of `liveRuntimeFiles`, from the folder of the page.
 * @throws {RunError} When the parts of the model do not fit together or an image is not as wanted.
 */
export function* livePageFiles(model: LiveModel, runtime: string): Generator<LiveFile> {
  requireLiveModel(model);
  const { title, summary, classes, images, prototypes, sheets, home } = model;
  const page = render("live", {
    ...{ title, summary, sheets, home, runtime },
    size: model.input.size,
    scripts: ["arithmetic.js", ...PAGE_SCRIPTS].map((name) => `${runtime}${name}`),
    images: images.map(({ name, label }, at) => ({ at, name, truth: classes[label] })),
    classes: classes.length,
    prototypes: prototypes.length,
  });
  yield text("index.html", page);
  yield text(
    "numbers.js",
    `globalThis.live = { numbers: ${scriptJson(numbersOf(model, runtime))} };\n`,
  );
  const packed = [
    ...packedScripts("model", model.onnx),
    ...packedScripts("pixels", pixelsOf(model)),
  ];
  for (const { path, text: content } of packed) yield text(path, content);
  for (const [at, { png }] of images.entries()) yield picture(`pictures/image-${at}.png`, png);
  for (const [at, { picture: png }] of prototypes.entries()) {
    yield picture(`pictures/prototype-${at}.png`, png);
  }
}

function numbersOf({ input, classes, layer, prototypes, images }: LiveModel, runtime: string) {
  const { depth, classOf, similarity, vectors, weights } = layer;
  return {
    runtime,
    input,
    classes,
    layer: {
      ...{ depth, similarity, classOf: [...classOf] },
      vectors: littleEndian(vectors).toBase64(),
      weights: littleEndian(weights).toBase64(),
    },
    prototypes: prototypes.map(({ name }) => name),
    images: images.map(({ name, label, logits }) => ({ name, label, logits: Array.from(logits) })),
  };
}

/** All images, one after the other, red, green and blue of each pixel. */
function pixelsOf({ title, input: { size }, images }: LiveModel): Uint8Array {
  const length = 3 * size * size;
  const pixels = new Uint8Array(images.length * length);
  for (const [at, { name, png }] of images.entries()) {
    const wanted = `wanted an 8-bit RGB PNG of ${size} x ${size} pixels`;
    const place = `live page ${title}: ${name}`;
    let image: ReturnType<typeof decode>;
    try {
      image = decode(png);
    } catch (error) {
      throw new RunError(`${place}: ${messageOf(error)}, ${wanted}`);
    }
    const { width, height, channels, depth, data } = image;
    if (width !== size || height !== size || channels !== 3 || depth !== 8) {
      const found = `${width} x ${height} pixels of ${channels} channels, ${depth} bits`;
      throw new RunError(`${place}: found ${found}, ${wanted}`);
    }
    pixels.set(data, at * length);
  }
  return pixels;
}

function littleEndian(values: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  for (const [at, value] of values.entries()) view.setFloat32(4 * at, value, true);
  return new Uint8Array(view.buffer);
}

/** JSON that stays data wherever a script is written. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

function text(path: string, content: string): LiveFile {
  return { path, bytes: new TextEncoder().encode(content) };
}

function picture(path: string, png: Uint8Array): LiveFile {
  return { path, bytes: new Uint8Array(png) };
}
