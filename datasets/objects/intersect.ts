/**
 * Where a ray enters a solid of unit size, in closed form. Every solid is convex; the ray is
 * origin + t direction, starts outside of the solid and need not have unit length.
 *
 * @module
 */

/** The solids that objects are built from. */
export const SOLIDS = ["sphere", "cube", "cylinder", "cone"] as const;
export type Solid = typeof SOLIDS[number];

/** Half a side of the cube. */
export const CUBE_HALF = 0.85;

/**
 * Finds the point of entry.
 *
 * @param hit Receives t and the outward normal x, y, z (of any length) when the ray meets the solid.
 * @returns Whether it does, at t > 0.
 */
export type Intersect = (
  ox: number,
  oy: number,
  oz: number,
  dx: number,
  dy: number,
  dz: number,
  hit: Float64Array,
) => boolean;

/** Radius 1 around the origin. */
const sphere: Intersect = (ox, oy, oz, dx, dy, dz, hit) => {
  const a = dx * dx + dy * dy + dz * dz;
  const b = ox * dx + oy * dy + oz * dz;
  const c = ox * ox + oy * oy + oz * oz - 1;
  const discriminant = b * b - a * c;
  if (discriminant <= 0) return false;
  const t = (-b - Math.sqrt(discriminant)) / a;
  return record(hit, t, ox + t * dx, oy + t * dy, oz + t * dz);
};

/** |x|, |y|, |z| <= CUBE_HALF: the last slab that the ray enters, before it leaves any. */
const cube: Intersect = (ox, oy, oz, dx, dy, dz, hit) => {
  const lowX = (-CUBE_HALF - ox) / dx, highX = (CUBE_HALF - ox) / dx;
  const lowY = (-CUBE_HALF - oy) / dy, highY = (CUBE_HALF - oy) / dy;
  const lowZ = (-CUBE_HALF - oz) / dz, highZ = (CUBE_HALF - oz) / dz;
  const inX = Math.min(lowX, highX), inY = Math.min(lowY, highY), inZ = Math.min(lowZ, highZ);
  const t = Math.max(inX, inY, inZ);
  if (!(t < Math.min(Math.max(lowX, highX), Math.max(lowY, highY), Math.max(lowZ, highZ)))) {
    return false;
  }
  if (t === inX) return record(hit, t, -Math.sign(dx), 0, 0);
  if (t === inY) return record(hit, t, 0, -Math.sign(dy), 0);
  return record(hit, t, 0, 0, -Math.sign(dz));
};

/** x^2 + y^2 <= 1, |z| <= 1: inside the tube and inside the slab. */
const cylinder: Intersect = (ox, oy, oz, dx, dy, dz, hit) => {
  const a = dx * dx + dy * dy;
  const b = ox * dx + oy * dy;
  const c = ox * ox + oy * oy - 1;
  const discriminant = b * b - a * c;
  if (discriminant <= 0 && (a > 0 || c >= 0)) return false;
  const root = Math.sqrt(discriminant);
  const sideIn = a > 0 ? (-b - root) / a : -Infinity;
  const sideOut = a > 0 ? (-b + root) / a : Infinity;
  const low = (-1 - oz) / dz, high = (1 - oz) / dz;
  const capIn = Math.min(low, high);
  const t = Math.max(sideIn, capIn);
  if (!(t < Math.min(sideOut, Math.max(low, high)))) return false;
  if (t === capIn) return record(hit, t, 0, 0, -Math.sign(dz));
  return record(hit, t, ox + t * dx, oy + t * dy, 0);
};

/** Apex at z = 1, base of radius 1 at z = -1: x^2 + y^2 <= w^2 with the radius w = (1 - z) / 2. */
const cone: Intersect = (ox, oy, oz, dx, dy, dz, hit) => {
  const ow = (1 - oz) / 2, dw = -dz / 2;
  const base = (-1 - oz) / dz;
  if (dz > 0 && base > 0) {
    const x = ox + base * dx, y = oy + base * dy;
    if (x * x + y * y <= 1) return record(hit, base, 0, 0, -1);
  }
  const a = dx * dx + dy * dy - dw * dw;
  const b = ox * dx + oy * dy - ow * dw;
  const c = ox * ox + oy * oy - ow * ow;
  const discriminant = b * b - a * c;
  if (discriminant < 0) return false;
  // Citardauq's form, which also serves a ray parallel to the surface, where a = 0.
  const q = b > 0 ? -b - Math.sqrt(discriminant) : -b + Math.sqrt(discriminant);
  const first = c / q, second = q / a;
  const near = Math.min(first, second), far = Math.max(first, second);
  const t = isOnCone(near, ow, dw) ? near : far;
  if (!isOnCone(t, ow, dw)) return false;
  // The apex, which has no normal, is given the axis.
  return record(hit, t, ox + t * dx, oy + t * dy, Math.max(1e-100, (ow + t * dw) / 2));
};

/** Whether a point of the double cone without end lies between apex and base. */
function isOnCone(t: number, ow: number, dw: number): boolean {
  const w = ow + t * dw;
  return t > 0 && w >= 0 && w <= 1;
}

/** A solid's function by its name. */
export const INTERSECT: Readonly<Record<Solid, Intersect>> = { sphere, cube, cylinder, cone };

function record(hit: Float64Array, t: number, nx: number, ny: number, nz: number): boolean {
  if (!(t > 0)) return false;
  hit[0] = t;
  hit[1] = nx;
  hit[2] = ny;
  hit[3] = nz;
  return true;
}
