import assert from "node:assert/strict";
import type { FloatTensor } from "../../device/mod.ts";
import { GraphBuilder, int } from "../../graph/mod.ts";
import type { Weights } from "../engine.ts";
import type { Method, OptimiserSettings } from "../optimiser.ts";
import { LOSS, type TrainingForm } from "../training_form.ts";
import { openTfjs } from "./open_tfjs.ts";

const SIZES = { "body.weight": 3, "head.weight": 2, "frozen.weight": 2 } as const;
const NAMES = Object.keys(SIZES) as (keyof typeof SIZES)[];

/** Starts and gradients of the script below. */
function startOf(parameter: number, size: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: size }, (_, i) => 1 + 0.3 * Math.cos(0.5 * i + parameter));
}

function gradientOf(step: number, parameter: number, size: number): Float32Array<ArrayBuffer> {
  const phase = 1.3 * step + parameter;
  return Float32Array.from({ length: size }, (_, i) => Math.sin(phase + 0.7 * i));
}

interface Case {
  readonly method: Method;
  readonly clipNorm: number | null;
  /** Of the body and the head after five steps. */
  readonly weights: readonly number[];
  readonly moments: Readonly<Record<string, readonly number[]>>;
}

/*
PyTorch 1.13 in float64, from inputs rounded to float32:

import math, torch
torch.set_default_dtype(torch.float64)
f = lambda x: float(torch.tensor(x, dtype=torch.float32))
start = lambda p, n: [f(1 + 0.3 * math.cos(0.5 * i + p)) for i in range(n)]
grad = lambda t, p, n: [f(math.sin(1.3 * t + 0.7 * i + p)) for i in range(n)]
def run(cls, kw, groups, clip, keys):
    ps = [torch.nn.Parameter(torch.tensor(start(p, n))) for p, n in enumerate([3, 2])]
    opt = cls([{"params": [q], **g} for q, g in zip(ps, groups)], lr=1, **kw)
    base = [g["lr"] for g in opt.param_groups]
    for t in range(1, 6):
        for p, q in enumerate(ps): q.grad = torch.tensor(grad(t, p, q.numel()))
        if clip: torch.nn.utils.clip_grad_norm_(ps, clip)
        for g, b in zip(opt.param_groups, base): g["lr"] = b / t
        opt.step()
    r = lambda x: [round(v, 9) for v in x.tolist()]
    return [v for q in ps for v in r(q)], [v for q in ps for k in keys for v in r(opt.state[q][k])]
O = torch.optim
two = ({"lr": .1, "weight_decay": .05}, {"lr": .2, "weight_decay": .02})
buf, exp = ["momentum_buffer"], ["exp_avg", "exp_avg_sq"]
for case in [(O.SGD, dict(), two, None, []), (O.SGD, dict(momentum=.9), two, 1.5, buf),
             (O.SGD, dict(momentum=.9, nesterov=True), two, None, buf),
             (O.Adam, dict(betas=(.9, .99), eps=1e-3), two, None, exp),
             (O.AdamW, dict(betas=(.9, .999), eps=1e-8), two, 1.5, exp)]: print(run(*case))
*/
const CASES: Readonly<Record<string, Case>> = {
  "sgd": {
    method: { name: "sgd", momentum: 0, nesterov: false },
    clipNorm: null,
    weights: [1.204441768, 1.192933081, 1.144025842, 1.079258528, 1.050655688],
    moments: {},
  },
  "sgd with momentum and clipping": {
    method: { name: "sgd", momentum: 0.9, nesterov: false },
    clipNorm: 1.5,
    weights: [1.101909215, 1.139707157, 1.159218901, 1.047214763, 1.151062718],
    moments: {
      "body.weight/velocity": [0.144257567, 0.349660862, 0.497933186],
      "head.weight/velocity": [0.273548613, 0.381279296],
    },
  },
  "sgd with Nesterov's momentum": {
    method: { name: "sgd", momentum: 0.9, nesterov: true },
    clipNorm: null,
    weights: [1.026872737, 1.084459207, 1.144981603, 0.981815199, 1.174221682],
    moments: {
      "body.weight/velocity": [0.091754393, 0.361466757, 0.567863144],
      "head.weight/velocity": [0.314977197, 0.467018236],
    },
  },
  "adam": {
    method: { name: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-3 },
    clipNorm: null,
    weights: [1.142061073, 1.140649267, 1.095405434, 0.974750248, 0.940412337],
    moments: {
      "body.weight/first": [0.01124804, 0.037199678, 0.055834796],
      "body.weight/second": [0.024770058, 0.026019215, 0.025444376],
      "head.weight/first": [0.031550941, 0.045014641],
      "head.weight/second": [0.025729756, 0.024534492],
    },
  },
  "adamw with clipping": {
    method: { name: "adamw", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    clipNorm: 1.5,
    weights: [1.130440449, 1.133776323, 1.092163628, 0.971229968, 0.934075428],
    moments: {
      "body.weight/first": [-0.009281295, 0.011109833, 0.026275836],
      "body.weight/second": [0.002204617, 0.001944127, 0.001925987],
      "head.weight/first": [0.018769141, 0.029224863],
      "head.weight/second": [0.001889801, 0.002022318],
    },
  },
};

function settingsOf({ method, clipNorm }: Case): OptimiserSettings {
  const head = { prefixes: ["head."], rate: 2, weightDecay: 0.02 };
  const frozen = { prefixes: ["frozen."], rate: 0, weightDecay: 1 };
  return { method, weightDecay: 0.05, clipNorm, groups: [head, frozen] };
}

/** The loss is the sum of the parameters times inputs, which therefore are the gradients. */
function linearForm(): TrainingForm {
  const builder = new GraphBuilder("linear");
  const sums = NAMES.map((name, parameter) => {
    const size = SIZES[name];
    builder.weight(name, [size], startOf(parameter, size));
    const gradient = builder.input(`${name}/gradient`, [size]);
    return builder.add(`${name}/sum`, "ReduceSum", [
      builder.add(`${name}/terms`, "Mul", [name, gradient]),
    ], { keepdims: int(0) });
  });
  builder.add("both", "Add", [sums[0]!, sums[1]!]);
  builder.add(LOSS, "Add", ["both", sums[2]!]);
  return {
    graph: builder.build(),
    images: "",
    logits: LOSS,
    batch: 1,
    classes: 1,
    parameters: NAMES,
    statistics: new Map(),
    masks: [],
    perImage: [],
    metrics: new Map(),
  };
}

function gradientsOf(step: number): Record<string, FloatTensor> {
  return Object.fromEntries(NAMES.map((name, parameter) => {
    const size = SIZES[name];
    return [`${name}/gradient`, { dims: [size], data: gradientOf(step, parameter, size) }];
  }));
}

function assertValues(found: Weights, name: string, wanted: readonly number[]): void {
  const { data } = found.get(name)!;
  assert.equal(data.length, wanted.length);
  for (const [at, value] of wanted.entries()) {
    assert.ok(Math.abs(data[at]! - value) < 1e-6, `${name}[${at}]: ${data[at]}, wanted ${value}`);
  }
}

const engine = await openTfjs("cpu");

for (const [name, example] of Object.entries(CASES)) {
  Deno.test(`step() follows torch.optim: ${name}`, async () => {
    const trainer = await engine.open(linearForm(), settingsOf(example));
    try {
      for (let step = 1; step <= 5; step++) await trainer.step(gradientsOf(step), 0.1 / step);
      const { step, weights, moments } = await trainer.state();
      assert.equal(step, 5);
      assertValues(weights, "body.weight", example.weights.slice(0, 3));
      assertValues(weights, "head.weight", example.weights.slice(3));
      assert.deepEqual(weights.get("frozen.weight")!.data, startOf(2, 2));
      assert.deepEqual([...moments.keys()].sort(), Object.keys(example.moments).sort());
      for (const [moment, values] of Object.entries(example.moments)) {
        assertValues(moments, moment, values);
      }
    } finally {
      await trainer.release();
    }
  });
}

Deno.test("step() changes nothing when every parameter is frozen", async () => {
  const trainer = await engine.open(linearForm(), {
    ...settingsOf(CASES["sgd"]!),
    groups: [{ prefixes: [""], rate: 0, weightDecay: 0 }],
    clipNorm: 1,
  });
  try {
    const before = await trainer.state();
    await trainer.step(gradientsOf(1), 0.1);
    assert.deepEqual(await trainer.state(), { ...before, step: 1 });
  } finally {
    await trainer.release();
  }
});

Deno.test("gradients() also gives those of frozen parameters", async () => {
  const trainer = await engine.open(linearForm(), settingsOf(CASES["sgd"]!));
  try {
    const gradients = await trainer.gradients(gradientsOf(3));
    for (const [parameter, name] of NAMES.entries()) {
      assertValues(gradients, name, [...gradientOf(3, parameter, SIZES[name])]);
    }
  } finally {
    await trainer.release();
  }
});
