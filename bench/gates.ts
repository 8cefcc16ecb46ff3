/**
 * `deno task bench gates [RESULT.json]`: false alarms and power of the automatic gates, by simulation
 * around a stored result.
 *
 * @module
 */
import { type GateScenario, simulateGates } from "../harness/gates/power.ts";
import { loadExperiment, parseJson, resultSchema } from "../harness/spec/mod.ts";

const SIZE = { seed: 999, baselines: 40, runs: 20 };

const STILL: GateScenario = { peakFactor: 1, accuracyShift: 0, noise: "other", repeats: 0 };
const PEAK = { ...STILL, peakFactor: 1.1 };
const ACCURACY = { ...STILL, accuracyShift: -0.03 };

const SCENARIOS: readonly (readonly [string, GateScenario])[] = [
  ["harmless, other seeds", STILL],
  ["harmless, other seeds, --repeat 2", { ...STILL, repeats: 2 }],
  ["harmless, same seeds, 30 % of the noise", { ...STILL, noise: 0.3 }],
  ["harmless, same seeds, same machine", { ...STILL, noise: 0 }],
  ["peak ID +10 %, other seeds", PEAK],
  ["peak ID +10 %, same seeds, 30 % of the noise", { ...PEAK, noise: 0.3 }],
  ["peak ID +10 %, same seeds, 10 % of the noise", { ...PEAK, noise: 0.1 }],
  ["peak ID +10 %, same seeds, same machine", { ...PEAK, noise: 0 }],
  ["accuracy -3 points, other seeds", ACCURACY],
  ["accuracy -3 points, same seeds, 30 % of the noise", { ...ACCURACY, noise: 0.3 }],
  ["accuracy -3 points, same seeds, 10 % of the noise", { ...ACCURACY, noise: 0.1 }],
  ["accuracy -3 points, same seeds, same machine", { ...ACCURACY, noise: 0 }],
  ["peak ID +30 %, other seeds", { ...STILL, peakFactor: 1.3 }],
  ["accuracy -10 points, other seeds", { ...STILL, accuracyShift: -0.1 }],
];

/** Prints the share of red runs in each scenario. */
export async function gates(
  [file = "out/id-hunchback-embedded/result.json"]: string[],
): Promise<void> {
  const result = parseJson(resultSchema, await Deno.readTextFile(file), file);
  const { experiment } = await loadExperiment(result.experiment.id);
  const claims = experiment.claims.filter(({ severity }) => severity === "gate");
  console.log(`${SIZE.baselines} baselines, ${SIZE.runs} runs each, around ${file}`);
  for (const [name, scenario] of SCENARIOS) {
    const { red, share } = simulateGates(result, claims, scenario, SIZE);
    const unlucky = red.filter((count) => count > 1).length;
    console.log(
      `${name.padEnd(52)}${(100 * share).toFixed(1).padStart(6)} % red; ${unlucky} of ` +
        `${red.length} baselines with more than 1 of ${SIZE.runs}`,
    );
  }
}
