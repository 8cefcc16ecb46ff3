import assert from "node:assert/strict";
import { exampleResult } from "../testdata/example_result.ts";
import { provenanceView } from "./provenance.ts";

const result = exampleResult();

function fact(changed: Partial<typeof result>, name: string): string {
  return provenanceView({ ...result, ...changed }).facts.find((one) => one.name === name)!.value;
}

Deno.test("provenanceView() says which device and why", () => {
  assert.equal(
    fact({}, "Device"),
    "cpu (asked for: auto), because: only a software WebGPU adapter; native CPU found",
  );
  assert.equal(fact({}, "WebGPU adapter"), "not used");
  const adapter = {
    vendor: "mesa",
    architecture: "",
    description: "llvmpipe",
    isFallbackAdapter: true,
  };
  assert.equal(
    fact({ device: { ...result.device, adapter } }, "WebGPU adapter"),
    "mesa, llvmpipe (software)",
  );
});

Deno.test("provenanceView() says what is known of the commit", () => {
  const code = (git: typeof result.environment.git) =>
    fact({ environment: { ...result.environment, git } }, "Code");
  assert.equal(code({ commit: null, dirty: null }), "not a git checkout");
  assert.equal(
    code({ commit: "abc", dirty: null }),
    "commit abc; not known whether anything was changed since",
  );
  assert.equal(code({ commit: "abc", dirty: true }), "commit abc with changes");
  assert.equal(code({ commit: "abc", dirty: false }), "commit abc");
});

Deno.test("provenanceView() says whether the run was narrowed", () => {
  assert.equal(fact({ narrowed: [] }, "Made smaller by"), "nothing: the whole profile");
  assert.equal(fact({ narrowed: ["--samples 5"] }, "Made smaller by"), "--samples 5");
});

Deno.test("provenanceView() lists the digest of every input", () => {
  const { inputs } = provenanceView(result);
  assert.equal(inputs.length, 1 + result.networks.length + result.data[0]!.groups.length);
  assert.ok(inputs.every(({ sha256 }) => sha256.length === 64));
  assert.equal(inputs[4]!.name, "resnet18-untrained, made from the seed");
});

Deno.test("provenanceView() tells a failed self-test from one that did not run", () => {
  const selfTest = [
    { name: "a", error: 0.5, tolerance: 1e-5, passed: false },
    { name: "b", error: null, tolerance: 1e-5, passed: false },
  ];
  const view = provenanceView({ ...result, device: { ...result.device, selfTest } });
  assert.deepEqual(view.selfTest.map(({ error, outcome }) => [error, outcome]), [
    ["0.500", "failed"],
    ["did not run", "failed"],
  ]);
});

Deno.test("provenanceView() tells machine and lock file where the result knows them", () => {
  const { environment } = result;
  const machine = { cpu: "Example 9000", cores: 2, system: "Debian GNU/Linux 12" };
  const known = { environment: { ...environment, machine, lockSha256: "a".repeat(64) } };
  assert.equal(fact(known, "System"), "Debian GNU/Linux 12, linux x86_64");
  assert.equal(fact(known, "Processor"), "Example 9000, 2 logical processors");
  assert.equal(fact(known, "deno.lock, SHA-256"), "a".repeat(64));
  const names = provenanceView(result).facts.map(({ name }) => name);
  assert.ok(!names.includes("Processor") && !names.includes("deno.lock, SHA-256"));
});
