/**
 * Numbers as readers write them: three significant digits, and no more than the uncertainty allows.
 *
 * @module
 */

/** Stands where there is no number. */
export const NONE = "–";

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Three significant digits unless told; thousands in groups, small numbers with a power of ten. */
export function digits(value: number | null | undefined, significant = 3): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text = size >= 999.5
    ? count(Math.round(size))
    : size < 0.001
    ? scientific(size, significant)
    : size.toFixed(decimalsOf(size, significant));
  return value < 0 ? `−${text}` : text;
}

/** A value and its uncertainty, both to the digit that three significant digits of the value leave. */
export function plusMinus(value: number, uncertainty: number): string {
  const decimals = decimalsOf(value);
  const rounded = uncertainty.toFixed(decimals);
  const text = Number(rounded) === 0 && uncertainty > 0 ? digits(uncertainty, 1) : rounded;
  return `${digits(value)} ± ${text}`;
}

/** A whole number with thousands in groups. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** A share of one as whole percent; below ten percent with one decimal. */
export function percent(share: number): string {
  const value = 100 * share;
  return `${value.toFixed(value < 10 && value !== 0 ? 1 : 0)} %`;
}

/** A share of one as percent with one decimal. */
export function finePercent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** A p-value: two significant digits, or that it is below 0.0001. */
export function probability(value: number | null): string {
  if (value === null) return NONE;
  return value < 0.0001 ? "< 0.0001" : value.toPrecision(2);
}

/** "1 network", "2 networks". */
export function plural(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** Decimals that so many significant digits of a value have. */
function decimalsOf(value: number, significant = 3): number {
  if (value === 0) return 0;
  const power = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(significant)))));
  return Math.min(100, Math.max(0, significant - 1 - power));
}

function scientific(size: number, significant: number): string {
  const [mantissa, exponent] = size.toExponential(significant - 1).split("e-") as [string, string];
  return `${mantissa} × 10⁻${exponent.replaceAll(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]!)}`;
}
