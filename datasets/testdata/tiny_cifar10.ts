/**
 * CIFAR-10's files in small, for tests.
 *
 * @module
 */

/** As in the published list of classes, with its empty line at the end. */
export const CLASS_LIST =
  "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n";

/** Every record of a file: its label, and the bytes of its three planes. */
export function cifarFile(
  records: number,
  label: (record: number) => number,
  value: (record: number, channel: number, pixel: number) => number,
): Uint8Array {
  const bytes: number[] = [];
  for (let record = 0; record < records; record++) {
    bytes.push(label(record));
    for (let at = 0; at < 3072; at++) bytes.push(value(record, Math.floor(at / 1024), at % 1024));
  }
  return Uint8Array.from(bytes);
}

/** All files of the set, ten records each, one of each class. */
export function tinyCifar10(): Record<string, Uint8Array | string> {
  const file = (number: number) =>
    cifarFile(
      10,
      (record) => (record + number) % 10,
      (record, channel, pixel) => (number * 40 + record + 3 * channel + pixel) % 256,
    );
  return {
    "batches.meta.txt": CLASS_LIST,
    "test_batch.bin": file(0),
    ...Object.fromEntries(
      [1, 2, 3, 4, 5].map((number) => [`data_batch_${number}.bin`, file(number)]),
    ),
  };
}
