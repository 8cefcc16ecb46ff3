/**
 * Residual networks with 18 to 152 layers (He et al. 2016), as in torchvision.
 *
 * @module
 */
import { type Graph, GraphBuilder, type Window } from "../graph/mod.ts";
import { INPUT, inputShape, type NetOptions, OUTPUT, scaled } from "./architecture.ts";
import { batchNorm } from "./batch_norm.ts";
import { Initialiser } from "./initialise.ts";
import { stagesOf } from "./stages.ts";

const STAGE_CHANNELS = [64, 128, 256, 512] as const;

/** Blocks in each stage; bottleneck blocks widen their output four times. */
const STAGES = {
  18: { blocks: [2, 2, 2, 2], bottleneck: false },
  34: { blocks: [3, 4, 6, 3], bottleneck: false },
  50: { blocks: [3, 4, 6, 3], bottleneck: true },
  101: { blocks: [3, 4, 23, 3], bottleneck: true },
  152: { blocks: [3, 8, 36, 3], bottleneck: true },
} as const;

/** Number of layers with weights. */
export type ResnetDepth = keyof typeof STAGES;

interface Stages {
  readonly blocks: readonly number[];
  readonly bottleneck: boolean;
  /** Channels inside the blocks of each stage; the first also of the stem. */
  readonly channels: readonly number[];
  readonly stem: Window;
  readonly pool: Window;
}

const POOL = { kernel: 3, stride: 2, padding: 1 } as const;
const SMALL_STEM = { kernel: 3, padding: 1 } as const;

/** Widening of a bottleneck block. */
const EXPANSION = 4;

/** ResNet with the original stem: 7 x 7 convolution with stride 2 and 3 x 3 max pooling. */
export function resnet(depth: ResnetDepth, options: NetOptions): Graph {
  const stem = { kernel: 7, stride: 2, padding: 3 };
  const stages = { ...STAGES[depth], channels: STAGE_CHANNELS, stem, pool: POOL };
  return build(`resnet${depth}`, stages, options);
}

/** ResNet-18 with a 3 x 3 stem of stride 1, for 28 x 28 images. */
export function resnet28(options: NetOptions): Graph {
  const stages = { ...STAGES[18], channels: STAGE_CHANNELS, stem: SMALL_STEM, pool: POOL };
  return build("resnet_28", stages, options);
}

/** Numbers of residual blocks that have a name, `resnet_objects` being the one with four. */
export const RESNET_OBJECTS_BLOCKS = [4, 6, 8, 10, 12] as const;

/**
 * ResNet for rendered objects of 32 or 64 pixels: 3 x 3 stem of stride 1 and 2 x 2 max pooling, then
 * stages of 16, 32, 64 and 64 channels that share the blocks. With 4 blocks it is a ResNet-10.
 */
export function resnetObjects(
  blocks: (typeof RESNET_OBJECTS_BLOCKS)[number],
  options: NetOptions,
): Graph {
  return build(`resnet_objects${blocks === 4 ? "" : `_${blocks}block`}`, {
    blocks: stagesOf(blocks),
    bottleneck: false,
    channels: [16, 32, 64, 64],
    stem: SMALL_STEM,
    pool: { kernel: 2, stride: 2 },
  }, options);
}

function build(name: string, stages: Stages, options: NetOptions): Graph {
  const { blocks, bottleneck, stem, pool } = stages;
  const graph = new GraphBuilder(name);
  const init = new Initialiser(graph, options.seed);

  const convNorm = (
    conv: string,
    norm: string,
    x: string,
    channels: number,
    out: number,
    w: Window,
  ) => {
    init.kaimingNormalFanOut(`${conv}.weight`, [out, channels, w.kernel, w.kernel]);
    return batchNorm(graph, init, norm, graph.conv(conv, x, w, false), out);
  };
  const relu = (at: string, x: string) => graph.add(at, "Relu", [x]);

  let channels = scaled(stages.channels[0]!, options.width);
  let x = graph.input(INPUT, inputShape(options));
  x = relu("relu", convNorm("conv1", "bn1", x, options.inputChannels, channels, stem));
  x = graph.maxPool("maxpool", x, pool);

  for (const [stage, count] of blocks.entries()) {
    const inner = scaled(stages.channels[stage]!, options.width);
    const out = bottleneck ? inner * EXPANSION : inner;
    for (let block = 0; block < count; block++) {
      const at = `layer${stage + 1}.${block}`;
      const stride = stage > 0 && block === 0 ? 2 : 1;
      const kernels = bottleneck ? [1, 3, 1] : [3, 3];
      const strided = bottleneck ? 1 : 0;
      let y = x;
      let before = channels;
      for (const [c, kernel] of kernels.entries()) {
        const last = c === kernels.length - 1;
        const after = last ? out : inner;
        y = convNorm(`${at}.conv${c + 1}`, `${at}.bn${c + 1}`, y, before, after, {
          kernel,
          stride: c === strided ? stride : 1,
          padding: kernel === 3 ? 1 : 0,
        });
        if (!last) y = relu(`${at}.relu${c + 1}`, y);
        before = after;
      }
      const shortcut = stride === 1 && channels === out ? x : convNorm(
        `${at}.downsample.0`,
        `${at}.downsample.1`,
        x,
        channels,
        out,
        { kernel: 1, stride },
      );
      x = relu(`${at}.out`, graph.add(`${at}.add`, "Add", [y, shortcut]));
      channels = out;
    }
  }
  x = graph.add("flatten", "Flatten", [graph.add("avgpool", "GlobalAveragePool", [x])]);
  init.uniformFanIn("fc.weight", [options.classes, channels], channels);
  init.uniformFanIn("fc.bias", [options.classes], channels);
  graph.linear("fc", x, OUTPUT);
  graph.output(OUTPUT);
  return graph.build();
}
