/** Text that becomes a script wherever it is written without being escaped. */
export const HOSTILE = `"'><script>document.title = "broken"</script><img src=x onerror=alert(1)>`;

/** Fields whose text is free. */
const FREE = new Set([
  ...["title", "label", "summary", "subject", "command", "file", "image", "name", "convention"],
  ...["why", "fetch", "statistic", "expected", "tolerance", "refutedBy", "explanation", "test"],
  ...["source", "reason", "description", "settings", "paper", "figure", "unit", "part", "seen"],
  ...["meaning", "limit"],
]);

/** Lists of free texts, and of names of classes. */
const LISTS = new Set(["notes", "birds", "classes", "narrowed"]);

const DIGEST = /^[0-9a-f]{64}$/;

/** A copy of a result whose free texts all end in {@link HOSTILE}. */
export function hostile<T>(value: T): T {
  return map(value, "") as T;
}

function map(value: unknown, key: string): unknown {
  if (typeof value === "string") {
    return FREE.has(key) && !DIGEST.test(value) ? `${value} ${HOSTILE}` : value;
  }
  if (Array.isArray(value)) {
    const inner = LISTS.has(key) ? "title" : "";
    return value.map((one) => map(one, inner));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, map(one, name)]));
}
