import assert from "node:assert/strict";
import fc from "fast-check";
import { assertClose } from "../../stats/testdata/assert_close.ts";
import { symmetricEigenvalues } from "./symmetric_eigenvalues.ts";

function matrixOf(n: number, value: (i: number, j: number) => number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => value(Math.floor(at / n), at % n));
}

Deno.test("symmetricEigenvalues() gives the known spectrum of a path", () => {
  const n = 150;
  const path = matrixOf(n, (i, j) => i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0);
  const found = symmetricEigenvalues(path, n);
  for (let k = 0; k < n; k++) {
    assertClose(found[k]!, 4 * Math.sin((n - k) * Math.PI / (2 * n + 2)) ** 2, 1e-11);
  }
});

Deno.test("symmetricEigenvalues() gives the known spectrum of the matrix min(i, j)", () => {
  const n = 120;
  const found = symmetricEigenvalues(matrixOf(n, (i, j) => Math.min(i, j) + 1), n);
  for (let k = 0; k < n; k++) {
    const wanted = 1 / (4 * Math.sin((2 * k + 1) * Math.PI / (4 * n + 2)) ** 2);
    assert.ok(Math.abs(found[k]! - wanted) <= 1e-13 * found[0]!, `${k}: ${found[k]}, ${wanted}`);
  }
});

Deno.test("symmetricEigenvalues() gives NumPy's eigenvalues of the Hilbert matrix", () => {
  // numpy.linalg.eigvalsh(scipy.linalg.hilbert(6))[::-1]
  const wanted = [
    1.618899858924339,
    0.2423608705752096,
    0.016321521319875878,
    0.0006157483541826601,
    1.257075712262227e-05,
    1.0827994845614e-07,
  ];
  const found = symmetricEigenvalues(matrixOf(6, (i, j) => 1 / (i + j + 1)), 6);
  wanted.forEach((value, k) => assert.ok(Math.abs(found[k]! - value) <= 1e-15, `${found[k]}`));
});

Deno.test("symmetricEigenvalues() keeps trace and Frobenius norm and leaves its input alone", () => {
  // Squares of smaller entries would leave the range of float64 in the test itself.
  const entry = fc.double({ min: -1e3, max: 1e3, noNaN: true })
    .map((value) => Math.abs(value) < 1e-100 ? 0 : value);
  const square = fc.integer({ min: 1, max: 12 }).chain((n) =>
    fc.array(entry, {
      minLength: n * n,
      maxLength: n * n,
    }).map((values) => ({
      n,
      matrix: matrixOf(n, (i, j) => values[Math.max(i, j) * n + Math.min(i, j)]!),
    }))
  );
  fc.assert(fc.property(square, ({ n, matrix }) => {
    const copy = matrix.slice();
    const found = symmetricEigenvalues(matrix, n);
    assert.deepEqual(matrix, copy);
    const squares = matrix.reduce((sum, value) => sum + value ** 2, 0);
    const trace = Array.from({ length: n }, (_, i) => matrix[i * n + i]!)
      .reduce((sum, value) => sum + value, 0);
    const sum = found.reduce((total, value) => total + value, 0);
    const sumOfSquares = found.reduce((total, value) => total + value ** 2, 0);
    assert.ok(Math.abs(sum - trace) <= 1e-12 * n * Math.sqrt(squares));
    assert.ok(Math.abs(sumOfSquares - squares) <= 1e-12 * n * squares);
    assert.deepEqual(found, found.toSorted().reverse());
  }));
});

Deno.test("symmetricEigenvalues() ends where couplings leave the range of float64", () => {
  const matrix = Float64Array.of(0, 0, 8.9e-308, 0, 0, 0, 8.9e-308, 0, 1.5e-323);
  assert.ok(symmetricEigenvalues(matrix, 3).every((value) => Math.abs(value) <= 1e-289));
});

Deno.test("symmetricEigenvalues() refuses what is not a finite square", () => {
  assert.throws(() => symmetricEigenvalues(new Float64Array(5), 2), /5 values, wanted 2 x 2/);
  assert.throws(() => symmetricEigenvalues(Float64Array.of(NaN), 1), /not finite/);
});
