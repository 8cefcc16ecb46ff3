/**
 * `deno task bench reference [cpu|wasm|webgpu]`: every estimate of the eight layers beside the values
 * that PyTorch, SciPy and NumPy gave for the same 500 photographs.
 *
 * @module
 */
import { chooseDevice, type DeviceRequest } from "../harness/device/mod.ts";
import { profileSpringers } from "./springers.ts";

interface Reference {
  readonly layers: readonly {
    readonly name: string;
    readonly twonn_fit: number;
    readonly twonn_fit_i_minus_1: number;
    readonly twonn_mle_unbiased: number;
    readonly twonn_mle_censored_90: number;
    readonly levina_bickel_k20: { harmonic: number; mean: number; mean_k_minus_2: number };
    readonly hub: {
      file: string;
      nearest_neighbour_of: number;
      distinct_nearest_neighbours: number;
      twonn_fit_without_it: number;
    };
  }[];
}

/** One layer's largest deviations from the reference. */
export interface Deviation {
  readonly layer: string;
  readonly twonnFit: number;
  readonly expected: number;
  /** Largest relative difference over all estimates. */
  readonly relative: number;
  /** Whether hub, its count and the number of distinct neighbours agree. */
  readonly hubsAgree: boolean;
}

/** Compares one device with the reference. */
export async function compareWithReference(
  request: DeviceRequest,
  dataRoot: string,
): Promise<Deviation[]> {
  const { device } = await chooseDevice(request);
  const text = await Deno.readTextFile(`${dataRoot}/reference/resnet18_springer_twonn.json`);
  const reference: Reference = JSON.parse(text);
  const temporaryFolder = await Deno.makeTempDir();
  try {
    const layers = await profileSpringers(device, {
      dataRoot,
      samples: 500,
      memoryBytes: 4 * 2 ** 30,
      temporaryFolder,
    });
    return layers.map(({ name, result: { estimates, hub } }, at) => {
      const expected = reference.layers[at]!;
      const levinaBickel = estimates.levina_bickel_k20!;
      const pairs: [number, number][] = [
        [estimates.twonn_fit.value, expected.twonn_fit],
        [estimates.twonn_fit_i_minus_1.value, expected.twonn_fit_i_minus_1],
        [estimates.twonn_mle_unbiased.value, expected.twonn_mle_unbiased],
        [estimates.twonn_mle_censored_90.value, expected.twonn_mle_censored_90],
        [levinaBickel.harmonic, expected.levina_bickel_k20.harmonic],
        [levinaBickel.mean, expected.levina_bickel_k20.mean],
        [levinaBickel.mean_k_minus_2, expected.levina_bickel_k20.mean_k_minus_2],
        [hub.twonn_fit_without_it, expected.hub.twonn_fit_without_it],
      ];
      return {
        layer: name,
        twonnFit: estimates.twonn_fit.value,
        expected: expected.twonn_fit,
        relative: Math.max(...pairs.map(([found, wanted]) => Math.abs(found / wanted - 1))),
        hubsAgree: hub.file === expected.hub.file &&
          hub.nearest_neighbour_of === expected.hub.nearest_neighbour_of &&
          hub.distinct_nearest_neighbours === expected.hub.distinct_nearest_neighbours,
      };
    });
  } finally {
    await Deno.remove(temporaryFolder, { recursive: true });
  }
}

/** Prints the comparison. */
export async function reference([kind = "auto", dataRoot = "../shared"]: string[]): Promise<void> {
  const start = performance.now();
  const deviations = await compareWithReference(kind as DeviceRequest, dataRoot);
  console.table(deviations);
  console.log(`${kind}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
