import assert from "node:assert/strict";

Deno.test({
  name: "keepFreedMemory() lets freed memory be taken again without mapping it anew",
  ignore: Deno.build.os !== "linux" || !Deno.build.target.endsWith("gnu"),
  async fn() {
    const script = new URL("./testdata/pages_mapped_again.ts", import.meta.url).pathname;
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", script],
    }).output();
    const text = new TextDecoder();
    const share = parseFloat(text.decode(stdout));
    assert.ok(share < 0.1, `${share} of the memory was mapped anew ${text.decode(stderr)}`);
  },
});
