import assert from "node:assert/strict";
import { UsageError } from "../base/mod.ts";
import { type FloatTensor, openCpu } from "../device/mod.ts";
import { GraphBuilder, writeGraph } from "../graph/mod.ts";
import type { Method, OptimiserSettings } from "./optimiser.ts";
import { addUpdates } from "./update.ts";

const SHAPES = { "body.weight": [2, 2], "head.bias": [2], "frozen.weight": [2, 2, 1] } as const;
const NAMES = Object.keys(SHAPES) as (keyof typeof SHAPES)[];
const MOVING = NAMES.slice(0, 2);

/** What the script below does to start and to find gradients: smooth, reproducible, of either sign. */
function startOf(parameter: number, size: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: size }, (_, i) => 1 + 0.3 * Math.cos(0.5 * i + parameter));
}

function gradientOf(step: number, parameter: number, size: number): Float32Array<ArrayBuffer> {
  const phase = 1.3 * step + parameter;
  return Float32Array.from({ length: size }, (_, i) => Math.sin(phase + 0.7 * i));
}

function rateOf(base: number, step: number): number {
  return step < 4 ? base : base / 2;
}

interface Case {
  readonly method: Method;
  readonly lr: number;
  readonly decay: number;
  /** Whether the head has twice the rate and another weight decay. */
  readonly groups: boolean;
  readonly clipNorm: number | null;
  /** Weights after the first and after the sixth step. */
  readonly first: readonly number[];
  readonly last: readonly number[];
}

const sgd = (momentum: number, nesterov = false): Method => ({ name: "sgd", momentum, nesterov });
const adam = (name: "adam" | "adamw", beta1: number, beta2: number, epsilon: number): Method => ({
  name,
  beta1,
  beta2,
  epsilon,
});

const plain = (lr: number) => ({ lr, decay: 0, groups: false, clipNorm: null });
const grouped = (clipNorm: number | null) => ({ lr: 0.1, decay: 0.05, groups: true, clipNorm });

/*
PyTorch 1.13.1 in float64, from inputs rounded to float32:

import math, torch
torch.set_default_dtype(torch.float64)
f = lambda x: float(torch.tensor(x, dtype=torch.float32))
start = lambda p, n: [f(1 + 0.3 * math.cos(0.5 * i + p)) for i in range(n)]
grad = lambda t, p, n: [f(math.sin(1.3 * t + 0.7 * i + p)) for i in range(n)]
def run(cls, kw, groups, clip):
    ps = [torch.nn.Parameter(torch.tensor(start(p, n))) for p, n in enumerate([4, 2])]
    opt = cls([{"params": [q], **g} for q, g in zip(ps, groups)], lr=1, **kw)
    base = [g["lr"] for g in opt.param_groups]
    rows = []
    for t in range(1, 7):
        for p, q in enumerate(ps): q.grad = torch.tensor(grad(t, p, q.numel()))
        if clip: torch.nn.utils.clip_grad_norm_(ps, clip)
        for g, b in zip(opt.param_groups, base): g["lr"] = b * (1 if t < 4 else 0.5)
        opt.step()
        rows.append([round(x, 9) for q in ps for x in q.tolist()])
    return rows[0], rows[-1]
O = torch.optim
one = lambda lr: ({"lr": lr, "weight_decay": 0},) * 2
two = ({"lr": .1, "weight_decay": .05}, {"lr": .2, "weight_decay": .02})
for case in [(O.SGD, dict(), one(.2), None),
             (O.SGD, dict(), two, None),
             (O.SGD, dict(momentum=.9), one(.2), None),
             (O.SGD, dict(momentum=.9), two, 1.5),
             (O.SGD, dict(momentum=.9, nesterov=True), two, None),
             (O.Adam, dict(betas=(.9, .999), eps=1e-8), one(.1), None),
             (O.Adam, dict(betas=(0., .99), eps=1e-3), one(.1), None),
             (O.Adam, dict(betas=(.8, .99), eps=1e-3), two, 1.5),
             (O.AdamW, dict(betas=(.9, .999), eps=1e-8), two, 1.5)]: print(run(*case))
*/
const CASES: Readonly<Record<string, Case>> = {
  "sgd": {
    method: sgd(0),
    ...plain(0.2),
    first: [1.107288313, 1.081415308, 1.076614684, 1.072329384, 1.012949622, 0.992997161],
    last: [1.108720401, 1.189874819, 1.241091414, 1.215467343, 1.153961461, 1.158081759],
  },
  "sgd with decay and groups": {
    method: sgd(0),
    ...grouped(null),
    first: [1.197144133, 1.166028674, 1.113542218, 1.041669167, 1.008301259, 0.988912276],
    last: [1.176985097, 1.199057092, 1.175063653, 1.093983042, 1.133369261, 1.138064601],
  },
  "sgd with momentum": {
    method: sgd(0.9),
    ...plain(0.2),
    first: [1.107288313, 1.081415308, 1.076614684, 1.072329384, 1.012949622, 0.992997161],
    last: [0.682332059, 0.997140244, 1.372656663, 1.609455215, 1.097809345, 1.418343634],
  },
  "sgd with momentum, decay, groups and clipping": {
    method: sgd(0.9),
    ...grouped(1.5),
    first: [1.203503496, 1.172029923, 1.116362872, 1.039982628, 1.01814438, 0.990775024],
    last: [0.938417281, 1.050710522, 1.167856457, 1.213265295, 1.005627006, 1.293684145],
  },
  "sgd with Nesterov's momentum, decay and groups": {
    method: sgd(0.9, true),
    ...grouped(null),
    first: [1.104573895, 1.078507171, 1.069848621, 1.060072372, 0.869890799, 0.959834279],
    last: [0.845281055, 1.021213362, 1.207469321, 1.295317519, 1.032282466, 1.442799098],
  },
  "adam": {
    method: adam("adam", 0.9, 0.999, 1e-8),
    ...plain(0.1),
    first: [1.199999953, 1.16327479, 1.062090661, 1.121221157, 1.06209066, 0.921221168],
    last: [1.075246465, 1.128352066, 1.159015885, 1.296506872, 1.08158973, 1.064657952],
  },
  "adam without the first moment's memory": {
    method: adam("adam", 0, 0.99, 1e-3),
    ...plain(0.1),
    first: [1.200103627, 1.163384643, 1.062324097, 1.12083136, 1.062224581, 0.921924792],
    last: [1.201441193, 1.231756837, 1.192781518, 1.222292587, 1.163704872, 1.051886298],
  },
  "adam with decay, groups and clipping": {
    method: adam("adam", 0.8, 0.99, 1e-3),
    ...grouped(1.5),
    first: [1.200103476, 1.163384264, 1.062308867, 1.120690979, 0.962368155, 0.822526383],
    last: [1.06939451, 1.105920597, 1.121497229, 1.261615064, 0.978396839, 1.071143164],
  },
  "adamw with decay, groups and clipping": {
    method: adam("adamw", 0.9, 0.999, 1e-8),
    ...grouped(1.5),
    first: [1.193499954, 1.156958416, 1.056280208, 1.116115051, 0.957442299, 0.817136291],
    last: [1.044767954, 1.093167923, 1.12463379, 1.267910823, 0.961314114, 1.078682853],
  },
};

const FROZEN = { prefixes: ["frozen."], rate: 0, weightDecay: 1 };

function settingsOf({ method, decay, groups, clipNorm }: Case): OptimiserSettings {
  const head = { prefixes: ["head."], rate: 2, weightDecay: 0.02 };
  return { method, weightDecay: decay, clipNorm, groups: groups ? [head, FROZEN] : [FROZEN] };
}

/** A graph that is nothing but the update; gradients are inputs. */
function updateGraph(settings: OptimiserSettings) {
  const builder = new GraphBuilder("update");
  for (const name of NAMES) {
    builder.input(name, SHAPES[name]);
    builder.input(`${name}/gradient`, SHAPES[name]);
  }
  const parameters = NAMES.map((name) => ({
    name,
    dims: SHAPES[name],
    gradient: `${name}/gradient`,
  }));
  const learningRate = builder.input("learning_rate", []);
  const step = builder.input("step", []);
  const updates = addUpdates(builder, parameters, settings, { learningRate, step });
  const carried = new Map<string, string>();
  for (const { parameter, output, moments } of updates) {
    carried.set(parameter, output);
    builder.output(output);
    for (const moment of moments) {
      builder.input(moment.name, SHAPES[parameter as keyof typeof SHAPES]);
      builder.output(moment.output);
      carried.set(moment.name, moment.output);
    }
  }
  return { graph: builder.build(), updates, carried };
}

function sizeOf(dims: readonly number[]): number {
  return dims.reduce((product, size) => product * size, 1);
}

function largestError(
  weights: ReadonlyMap<string, FloatTensor>,
  expected: readonly number[],
): number {
  const found = MOVING.flatMap((name) => [...weights.get(name)!.data]);
  assert.equal(found.length, expected.length);
  return Math.max(...found.map((value, at) => Math.abs(value / expected[at]! - 1)));
}

for (const [name, example] of Object.entries(CASES)) {
  Deno.test(`addUpdates() follows torch.optim: ${name}`, async () => {
    const { graph, carried } = updateGraph(settingsOf(example));
    const device = await openCpu(1);
    const loop = await device.openLoop(writeGraph(graph), carried);
    try {
      loop.write(
        new Map([...carried.keys()].map((input) => {
          const parameter = NAMES.findIndex((name) => input.startsWith(name));
          const dims = SHAPES[NAMES[parameter]!];
          const isMoment = input.includes("/");
          const data = isMoment ? new Float32Array(sizeOf(dims)) : startOf(parameter, sizeOf(dims));
          return [input, { dims, data }];
        })),
      );
      for (let step = 1; step <= 6; step++) {
        await loop.run({
          learning_rate: { dims: [], data: Float32Array.of(rateOf(example.lr, step)) },
          step: { dims: [], data: Float32Array.of(step) },
          ...Object.fromEntries(NAMES.map((name, parameter) => {
            const dims = SHAPES[name];
            return [`${name}/gradient`, { dims, data: gradientOf(step, parameter, sizeOf(dims)) }];
          })),
          "frozen.weight": { dims: SHAPES["frozen.weight"], data: startOf(2, 4) },
        });
        const expected = step === 1 ? example.first : step === 6 ? example.last : undefined;
        if (expected) {
          const error = largestError(await loop.read(), expected);
          assert.ok(error < 1e-6, `step ${step}: off by ${error}`);
        }
      }
    } finally {
      await loop.release();
    }
  });
}

Deno.test("addUpdates() names the moments after parameter and kind", () => {
  const moments = (name: string) =>
    updateGraph(settingsOf(CASES[name]!)).updates.map((update) => [
      update.parameter,
      ...update.moments.map(({ name }) => name),
    ]);
  assert.deepEqual(moments("sgd"), [["body.weight"], ["head.bias"]]);
  assert.deepEqual(moments("sgd with momentum"), [
    ["body.weight", "body.weight/velocity"],
    ["head.bias", "head.bias/velocity"],
  ]);
  assert.deepEqual(moments("adam"), [
    ["body.weight", "body.weight/first", "body.weight/second"],
    ["head.bias", "head.bias/first", "head.bias/second"],
  ]);
});

Deno.test("addUpdates() makes no more passes over a weight than its formula needs", () => {
  const nodes = (name: string) => {
    const { graph } = updateGraph(settingsOf(CASES[name]!));
    const large = new Set<string>(MOVING.flatMap((name) => [name, `${name}/gradient`]));
    for (const { name } of graph.inputs) {
      if (/\/(velocity|first|second)$/.test(name)) large.add(name);
    }
    let count = 0;
    for (const { op, inputs, outputs } of graph.nodes) {
      if (op.startsWith("Reduce") || !inputs.some((input) => large.has(input))) continue;
      outputs.forEach((output) => large.add(output));
      count++;
    }
    return count / MOVING.length;
  };
  assert.equal(nodes("sgd"), 2);
  assert.equal(nodes("sgd with momentum"), 4);
  assert.equal(nodes("sgd with decay and groups"), 4);
  assert.equal(nodes("sgd with momentum, decay, groups and clipping"), 7);
  assert.equal(nodes("adam"), 12);
});

Deno.test("addUpdates() adds nothing when everything is frozen", () => {
  const settings: OptimiserSettings = {
    method: sgd(0.9),
    weightDecay: 0,
    clipNorm: 1,
    groups: [{ prefixes: [""], rate: 0, weightDecay: 0 }],
  };
  const { graph, updates } = updateGraph(settings);
  assert.deepEqual(updates, []);
  assert.equal(graph.nodes.length, 0);
});

Deno.test("addUpdates() refuses a group whose prefix fits no parameter", () => {
  const settings = (prefix: string): OptimiserSettings => ({
    method: sgd(0),
    weightDecay: 0,
    clipNorm: null,
    groups: [{ prefixes: ["body.", prefix], rate: 1, weightDecay: 0 }],
  });
  assert.throws(
    () => updateGraph(settings("haed")),
    new UsageError(
      `optimiser group: no parameter's name starts with "haed", did you mean "head"?`,
    ),
  );
  assert.throws(
    () => updateGraph(settings("classifier.")),
    new UsageError(`optimiser group: no parameter's name starts with "classifier."`),
  );
});
