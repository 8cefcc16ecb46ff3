/**
 * All eigenvalues of a dense symmetric matrix: Householder's reduction to tridiagonal form, then QL
 * with implicit shifts (Martin, Reinsch and Wilkinson 1968, procedure tred1; Dubrulle, Martin and
 * Wilkinson 1968, imtql1; both in Wilkinson and Reinsch, Handbook for Automatic Computation II, 1971).
 *
 * @module
 */

/** Iterations that one eigenvalue may take; two are usual. */
const MOST_ITERATIONS = 60;

/** Below this, products with rounding errors leave the range of float64. */
const UNDERFLOW = 2 ** -960;

/**
 * @param matrix n x n, row-major; the lower triangle is read.
 * @returns Eigenvalues, descending; their error is of the order of the largest one times 1e-16 sqrt(n).
 * Costs 4/3 n^3 operations in float64 and a copy of the matrix.
 * @throws {RangeError} When there are not n x n values, or one is not finite.
 */
export function symmetricEigenvalues(matrix: Float64Array, n: number): Float64Array {
  if (matrix.length !== n * n) {
    throw new RangeError(`Cannot find eigenvalues: ${matrix.length} values, wanted ${n} x ${n}`);
  }
  if (!matrix.every(Number.isFinite)) {
    throw new RangeError("Cannot find eigenvalues: the matrix has a value that is not finite");
  }
  const { diagonal, offDiagonal } = tridiagonal(matrix.slice(), n);
  implicitQl(diagonal, offDiagonal);
  return diagonal.sort().reverse();
}

/** The diagonal and, from place 1 on, the values left of it, of a similar matrix; `a` is overwritten. */
function tridiagonal(a: Float64Array, n: number) {
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  for (let i = n - 1; i > 0; i--) {
    diagonal[i] = a[i * n + i]!;
    const u = a.subarray(i * n, i * n + i);
    const last = u[i - 1]!;
    const scale = u.reduce((sum, value) => sum + Math.abs(value), 0);
    if (scale === Math.abs(last)) {
      offDiagonal[i] = last;
      continue;
    }
    // 1. The reflection along u turns row i into (0 ... 0, g).
    for (let k = 0; k < i; k++) u[k] = u[k]! / scale;
    const squares = dot(u, u, i);
    const g = u[i - 1]! >= 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
    const h = squares - u[i - 1]! * g;
    u[i - 1] = u[i - 1]! - g;
    offDiagonal[i] = scale * g;
    // 2. A - u q^T - q u^T with q = A u / h - (u^T A u / 2 h^2) u.
    const q = product(a, u, n);
    for (let k = 0; k < i; k++) q[k] = q[k]! / h;
    const along = dot(u, q, i) / (2 * h);
    for (let k = 0; k < i; k++) q[k] = q[k]! - along * u[k]!;
    for (let j = 0; j < i; j++) {
      const row = a.subarray(j * n, j * n + j + 1);
      const [uj, qj] = [u[j]!, q[j]!];
      for (let k = 0; k <= j; k++) row[k] = row[k]! - uj * q[k]! - qj * u[k]!;
    }
  }
  diagonal[0] = a[0]!;
  return { diagonal, offDiagonal };
}

/** A u for the leading rows of A, of which the lower triangle is kept. */
function product(a: Float64Array, u: Float64Array, n: number): Float64Array {
  const size = u.length;
  const result = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    const row = a.subarray(j * n, j * n + j + 1);
    const uj = u[j]!;
    let sum = row[j]! * uj;
    for (let k = 0; k < j; k++) {
      sum += row[k]! * u[k]!;
      result[k] = result[k]! + row[k]! * uj;
    }
    result[j] = result[j]! + sum;
  }
  return result;
}

function dot(a: Float64Array, b: Float64Array, length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += a[k]! * b[k]!;
  return sum;
}

/** Turns `d` into the eigenvalues of the tridiagonal matrix, in no order; `e` is overwritten. */
function implicitQl(d: Float64Array, e: Float64Array): void {
  const n = d.length;
  e.copyWithin(0, 1);
  e[n - 1] = 0;
  for (let l = 0; l < n; l++) {
    for (let iteration = 0;; iteration++) {
      let m = l;
      while (m < n - 1 && !negligible(e[m]!, d[m]!, d[m + 1]!)) m++;
      if (m === l) break;
      if (iteration === MOST_ITERATIONS) {
        throw new RangeError(`Cannot find eigenvalue ${l} of ${n}: QL does not converge`);
      }
      qlStep(d, e, l, m);
    }
  }
}

function negligible(coupling: number, above: number, below: number): boolean {
  const size = Math.abs(above) + Math.abs(below);
  return Math.abs(coupling) < UNDERFLOW || size + Math.abs(coupling) === size;
}

/** One sweep of rotations over the rows l to m, with Wilkinson's shift. */
function qlStep(d: Float64Array, e: Float64Array, l: number, m: number): void {
  const slope = (d[l + 1]! - d[l]!) / (2 * e[l]!);
  const root = Math.hypot(slope, 1);
  let g = d[m]! - d[l]! + e[l]! / (slope + (slope >= 0 ? root : -root));
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = s * e[i]!;
    const b = c * e[i]!;
    const r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] = d[i + 1]! - p;
      e[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    const shifted = d[i + 1]! - p;
    const t = (d[i]! - shifted) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = shifted + p;
    g = c * t - b;
  }
  d[l] = d[l]! - p;
  e[l] = g;
  e[m] = 0;
}
