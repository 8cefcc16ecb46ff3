/** A list of downloads in small, with the files that it pins. */
import type { Downloads } from "../../../datasets/downloads.ts";
import { GraphBuilder, writeGraph } from "../../graph/mod.ts";
import type { FileServer } from "./file_server.ts";
import { pinOf } from "./pin_of.ts";
import { type TarEntry, tarGzOf } from "./tar_of.ts";

const WNID = "n01440764";

/** Archive paths in an order that is neither by name nor by number. */
const IMAGES = [
  `train/${WNID}/${WNID}_1001.JPEG`,
  `train/${WNID}/ILSVRC2012_val_00000293.JPEG`,
  `train/${WNID}/${WNID}_5.JPEG`,
  `train/${WNID}/${WNID}_18.JPEG`,
  `train/${WNID}/${WNID}_700.JPEG`,
  `train/n02979186/n02979186_3.JPEG`,
  `val/${WNID}/${WNID}_42.JPEG`,
  `val/${WNID}/${WNID}_9.JPEG`,
  `val/${WNID}/ILSVRC2012_val_00009111.JPEG`,
  `noisy_imagenette.csv`,
];

/** The photographs that a complete fetch keeps: three and two a class. */
export const KEPT_IMAGES = [
  `train/${WNID}/${WNID}_18.JPEG`,
  `train/${WNID}/${WNID}_5.JPEG`,
  `train/${WNID}/${WNID}_700.JPEG`,
  `val/${WNID}/ILSVRC2012_val_00009111.JPEG`,
  `val/${WNID}/${WNID}_9.JPEG`,
];

/** A network of one convolution: 2 x 3 weights. */
export function tinyNetwork(batch: number | null): Uint8Array {
  const builder = new GraphBuilder("tiny");
  const x = builder.input("data", [batch, 3, 224, 224]);
  builder.weight("conv.weight", [2, 3, 1, 1], new Float32Array(6));
  builder.output(builder.conv("conv", x, { kernel: 1 }, false));
  return writeGraph(builder.build());
}

/** The archive, with further entries at its end. */
export function tinyArchive(more: readonly TarEntry[] = []): Promise<Uint8Array> {
  const files = IMAGES.map((path) => ({ name: `imagenette2-320/${path}`, content: path }));
  return tarGzOf([{ name: "imagenette2-320", type: "directory" }, ...files, ...more]);
}

/** Serves everything and lists it. */
export async function tinyDownloads(
  server: FileServer,
  archive?: Uint8Array,
): Promise<Downloads> {
  const served: [string, Uint8Array][] = [
    ["zoo/nets/free.onnx", tinyNetwork(null)],
    ["zoo/nets/fixed.onnx", tinyNetwork(1)],
    ["images/imagenette2-320.tgz", archive ?? await tinyArchive()],
  ];
  for (const [path, bytes] of served) server.files.set(path, { bytes, etag: '"1"' });
  const [free, fixed, images] = served.map(([, bytes]) => pinOf(bytes));
  const network = (id: string, path: string, { bytes, sha256 }: typeof free & object) => ({
    id,
    architecture: id,
    source: "zoo",
    path,
    bytes,
    sha256,
    licence: "none",
    input: { colour_order: "RGB" as const, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    published: { top1: 1, top5: 2, of: "nothing" },
    notes: "a test",
  });
  return {
    note: "",
    hosts: ["127.0.0.1"],
    sources: {
      zoo: { repository: "https://example.org/zoo", bases: [`${server.base}zoo/`] },
      images: { repository: "https://example.org/images", bases: [`${server.base}images/`] },
    },
    downloads: {
      imagenet: {
        summary: "",
        networks: [
          network("free", "nets/free.onnx", free!),
          network("fixed", "nets/fixed.onnx", fixed!),
        ],
        lacking: [{ id: "vgg11", why: "nobody has it" }],
        archives: [],
        imagenette: {
          source: "images",
          path: "imagenette2-320.tgz",
          ...images!,
          root: "imagenette2-320",
          classes: { [WNID]: { name: "tench", imagenet_index: 0 } },
          trainImages: 3,
          valImages: 2,
          limits: { entries: 100, entryBytes: 1000, totalBytes: 100_000 },
          choice: "the smallest numbers",
          terms: "for tests only",
        },
      },
    },
  };
}
