/**
 * Architectures by the names that experiments use.
 *
 * @module
 */
import { didYouMean, UsageError } from "../base/mod.ts";
import type { Graph } from "../graph/mod.ts";
import { alexnet, alexnet28 } from "./alexnet.ts";
import type { NamedLayer, NetOptions } from "./architecture.ts";
import { densenet } from "./densenet.ts";
import { MNIST_CNN_LAYERS, mnistCnn } from "./mnist_cnn.ts";
import { resnet, resnet28, RESNET_OBJECTS_BLOCKS, resnetObjects } from "./resnet.ts";
import { vgg, vgg28, type VggDepth } from "./vgg.ts";
import { vgg16Cifar } from "./vgg16_cifar.ts";
import { VGG_OBJECTS_CONVS, vggObjects } from "./vgg_objects.ts";

type Build = (options: NetOptions) => Graph;

const ARCHITECTURES: ReadonlyMap<string, Build> = new Map<string, Build>([
  ["mnist_cnn", mnistCnn],
  ["alexnet", alexnet],
  ["alexnet_28", alexnet28],
  ["vgg_28", vgg28],
  ["resnet_28", resnet28],
  ...VGG_OBJECTS_CONVS.map((convs): [string, Build] => [
    `vgg_objects${convs === 4 ? "" : `_${convs}conv`}`,
    (options) => vggObjects(convs, false, options),
  ]),
  ["vgg_objects_bn", (options) => vggObjects(4, true, options)],
  ...RESNET_OBJECTS_BLOCKS.map((blocks): [string, Build] => [
    `resnet_objects${blocks === 4 ? "" : `_${blocks}block`}`,
    (options) => resnetObjects(blocks, options),
  ]),
  ["vgg16_cifar", vgg16Cifar],
  ...([11, 13, 16, 19] as const).flatMap((depth): [string, Build][] => [
    [`vgg${depth}`, (options) => vgg(depth, false, options)],
    [`vgg${depth}_bn`, (options) => vgg(depth, true, options)],
  ]),
  ...([18, 34, 50, 101, 152] as const).map((depth): [string, Build] => [
    `resnet${depth}`,
    (options) => resnet(depth, options),
  ]),
  ...([121, 161, 169, 201] as const).map((depth): [string, Build] => [
    `densenet${depth}`,
    (options) => densenet(depth, options),
  ]),
]);

/**
 * Builds a network of which only the convolutions are wanted: VGG without its hidden dense layers.
 *
 * @throws {UsageError} As `buildNetwork`.
 */
export function buildConvolutions(architecture: string, options: NetOptions): Graph {
  const [, depth, norm] = /^vgg(11|13|16|19)(_bn)?$/.exec(architecture) ?? [];
  return depth === undefined
    ? buildNetwork(architecture, options)
    : vgg(Number(depth) as VggDepth, norm !== undefined, options, []);
}

/** Version of the builders and their initial weights; part of every cell that uses them. */
export const NETS_VERSION = 1;

/**
 * Builds a network with random weights.
 *
 * @throws {UsageError} When no architecture has that name (names the nearest one), when the images are
 * too small for it, or when it has no place for the dropout that is wanted.
 */
export function buildNetwork(architecture: string, options: NetOptions): Graph {
  const build = ARCHITECTURES.get(architecture);
  if (!build) {
    const hint = didYouMean(architecture, ARCHITECTURES.keys());
    throw new UsageError(`unknown architecture "${architecture}"${hint}`);
  }
  const graph = build(options);
  if (options.dropout && !graph.nodes.some(({ op }) => op === "Dropout")) {
    throw new UsageError(
      `Cannot build ${architecture} with dropout ${options.dropout}: it has no place for one, wanted 0`,
    );
  }
  return graph;
}

/** The layers that a paper's figure shows of an architecture; undefined where the general rules say. */
export function layersOf(architecture: string): readonly NamedLayer[] | undefined {
  return architecture === "mnist_cnn" ? MNIST_CNN_LAYERS : undefined;
}
