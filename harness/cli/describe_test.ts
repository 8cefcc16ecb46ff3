import assert from "node:assert/strict";
import { main } from "./main.ts";

Deno.test("describe tells which profile a claim gates in", async () => {
  const { log } = console;
  const lines: string[] = [];
  console.log = (line: string) => lines.push(line);
  const code = await main(["describe", "id-depth"]).finally(() => console.log = log);
  assert.equal(code, 0);
  const text = lines.join("\n");
  assert.match(text, /Claims \(a gate decides the exit code of a run, an info does not\)/);
  assert.match(text, /^ {2}hunch\.relative-depth \(info, profile embedded\)$/m);
  assert.match(text, /^ {2}hunch\.relative-depth \(gate, profile paper\)$/m);
  assert.match(text, /^ {2}hunch\.interior-peak \(info\)$/m);
});
