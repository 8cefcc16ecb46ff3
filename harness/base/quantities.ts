/**
 * Bytes and durations, as people write and read them.
 *
 * @module
 */
import { UsageError } from "./errors.ts";

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/**
 * Bytes from text such as `4GiB`, `512MiB` or `1.5GB`.
 *
 * @throws {UsageError} When the text is no positive size.
 */
export function parseMemory(text: string): number {
  const [, number, unit] = /^([\d.]+)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  const factor = unit === undefined ? undefined : UNITS[unit.toLowerCase()];
  const bytes = Math.floor(Number(number) * (factor ?? NaN));
  if (!Number.isSafeInteger(bytes) || bytes <= 0) {
    throw new UsageError(`found "${text}", wanted a size such as 4GiB or 512MiB`);
  }
  return bytes;
}

/** Bytes with a binary unit: `1.5 GiB`. */
export function formatBytes(bytes: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 2 ** (10 * power);
  return `${power === 0 ? value : Number(value.toPrecision(3))} ${units[power]}`;
}

/** A duration in its two largest units: `3 min 20 s`. */
export function formatDuration(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toPrecision(2))} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
