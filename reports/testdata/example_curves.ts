/**
 * Curves of the invented networks: three trained, one untrained twin, three small untrained ones.
 *
 * @module
 */
import type { ExampleCurve } from "./example_network.ts";

const RESNET_LAYERS = ["input", "maxpool", "layer1", "layer2", "layer3", "layer4", "avgpool", "fc"];
const RESNET_DEPTH = [0, 1, 5, 9, 13, 17, 18, 19];
const RESNET_UNITS = [150528, 200704, 200704, 100352, 50176, 25088, 512, 1000];

const VGG_LAYERS = ["input", "pool1", "pool2", "pool3", "pool4", "pool5", "fc1", "fc2", "fc3"];
const VGG_DEPTH = [0, 2, 4, 7, 10, 13, 15, 16, 17];

/** Three trained networks, one of them not in the paper, and the untrained twin of the first. */
export const PAPER_CURVES: readonly ExampleCurve[] = [
  {
    id: "resnet18",
    title: "ResNet-18 (example)",
    architecture: "resnet18",
    weights: "trained",
    layers: RESNET_LAYERS,
    depth: RESNET_DEPTH,
    units: RESNET_UNITS,
    ids: [28.3, 47.1, 82.5, 87.7, 71.9, 49.5, 28.5, 22.2],
    spread: [2.9, 6.2, 30, 31, 15.5, 6.6, 2.7, 2],
    hubShare: [0.1, 0.15, 0.57, 0.61, 0.26, 0.07, 0.02, 0.015],
    paper: {
      source: "Ansuini et al. 2019, arXiv 1905.12784v2, Figure 3B",
      relativeDepth: [0, 0.0526, 0.2631, 0.4737, 0.6842, 0.8947, 0.9473, 1],
      depth: RESNET_DEPTH,
      id: [31.4, 50.2, 104.2, 102.1, 65.5, 39, 26.7, 21.2],
      std: [6.5, 5.9, 41.3, 19.5, 6.5, 3.9, 1.5, 1.6],
    },
  },
  {
    id: "vgg16",
    title: "VGG-16 (example)",
    architecture: "vgg16",
    weights: "trained",
    layers: VGG_LAYERS,
    depth: VGG_DEPTH,
    units: [150528, 802816, 401408, 200704, 100352, 25088, 4096, 4096, 1000],
    ids: [28.3, 71.3, 96.2, 104.8, 70.1, 35.2, 28.2, 22.9, 16.6],
    spread: [2.9, 13.2, 35.1, 33.4, 9.2, 3.4, 2.1, 1.1, 1.2],
    hubShare: [0.1, 0.22, 0.55, 0.66, 0.25, 0.07, 0.03, 0.02, 0.015],
    paper: {
      source: "Ansuini et al. 2019, arXiv 1905.12784v2, Figure 3B",
      relativeDepth: VGG_DEPTH.map((depth) => depth / 17),
      depth: VGG_DEPTH,
      id: [31.7, 78.2, 104, 119.5, 74.5, 33.3, 26.9, 21, 15.7],
      std: [5.9, 15.8, 39.4, 32, 10, 3.5, 1.9, 0.6, 1.1],
    },
  },
  {
    id: "mobilenet_v2",
    title: "MobileNet-v2 (example, not in the paper)",
    architecture: "mobilenet_v2",
    weights: "trained",
    layers: [
      "input",
      "conv_stem",
      ...Array.from({ length: 17 }, (_, block) => `inverted_residual_${block + 1}`),
      "global_pool",
      "classifier",
    ],
    depth: [0, 1, ...Array.from({ length: 17 }, (_, block) => 3 * block + 3), 52, 53],
    units: [150528, 401408, ...Array.from({ length: 17 }, () => 75264), 1280, 1000],
    ids: [
      ...[28.3, 33, 41, 55, 62, 70, 81, 84, 90, 94, 91, 88, 80, 74, 70, 61, 50, 44, 37, 26.1, 21.3],
    ],
    spread: [
      ...[2.9, 4, 6, 11, 14, 18, 22, 24, 28, 27, 26, 24, 20, 16, 14, 11, 8, 6, 4.5, 2.4, 1.7],
    ],
    hubShare: [
      ...[0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4, 0.45, 0.5, 0.5, 0.48, 0.4, 0.3, 0.2, 0.15, 0.1],
      ...[0.08, 0.06, 0.05, 0.02, 0.015],
    ],
    paper: null,
  },
  {
    id: "resnet18-untrained",
    title: "ResNet-18, untrained (example)",
    architecture: "resnet18",
    weights: "untrained",
    layers: RESNET_LAYERS,
    depth: RESNET_DEPTH,
    units: RESNET_UNITS,
    ids: [28.3, 30.4, 31.2, 30.1, 29.3, 28.8, 27.9, 27.2],
    spread: [2.9, 3.3, 3.1, 2.9, 2.7, 2.4, 2.2, 2],
    hubShare: [0.1, 0.09, 0.08, 0.08, 0.07, 0.07, 0.06, 0.06],
    paper: null,
  },
];

/** Three small untrained networks, as in a profile that needs no download. */
export const EMBEDDED_CURVES: readonly ExampleCurve[] = [
  embedded("alexnet-28", ["input", "pool1", "pool2", "pool5", "fc1", "fc2", "fc3"], [
    ...[13.3, 13.3, 15.5, 17.7, 18, 17.7, 8.7],
  ], [0, 1, 2, 5, 7, 8, 9]),
  embedded("vgg-28", ["input", "pool1", "pool2", "pool3", "fc1", "fc2", "fc3"], [
    ...[13.3, 13.1, 14.2, 17.3, 17.5, 17.9, 8.6],
  ], [0, 2, 4, 7, 9, 10, 11]),
  embedded("resnet-28", RESNET_LAYERS, [13.3, 13.9, 14.8, 15.9, 16.4, 16.9, 15.2, 8.9], [
    ...RESNET_DEPTH,
  ]),
];

function embedded(id: string, layers: string[], ids: number[], depth: number[]): ExampleCurve {
  return {
    id,
    title: `${id}, untrained (example)`,
    architecture: id.replace("-", "_"),
    weights: "untrained",
    layers,
    depth,
    units: layers.map((_, at) => at === layers.length - 1 ? 10 : 784),
    ids,
    spread: layers.map(() => 0),
    hubShare: layers.map(() => 0.014),
    paper: null,
  };
}
