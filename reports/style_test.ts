import assert from "node:assert/strict";

const TEXT = ["ink", "muted", "link", "good", "bad", "open"];
const SERIES = [
  ...Array.from({ length: 7 }, (_, n) => `series-${n + 1}`),
  ...Array.from({ length: 6 }, (_, n) => `moment-${n + 1}`),
  "paper",
];

const css = Deno.readTextFileSync(new URL("templates/style.css", import.meta.url));
const [light, dark] = css.matchAll(/:root \{([^}]*)\}/g).map(([, body]) => variables(body!));

for (const [mode, colours] of [["light", light!], ["dark", dark!]] as const) {
  Deno.test(`style.css keeps a contrast of 4.5 for text in ${mode} mode`, () => {
    for (const name of TEXT) {
      for (const ground of ["page", "panel"]) {
        const ratio = contrast(colours.get(name)!, colours.get(ground)!);
        assert.ok(ratio >= 4.5, `--${name} on --${ground}: ${ratio.toFixed(2)}`);
      }
    }
  });

  Deno.test(`style.css keeps a contrast of 3 for lines and markers in ${mode} mode`, () => {
    for (const name of SERIES) {
      const ratio = contrast(colours.get(name)!, colours.get("page")!);
      assert.ok(ratio >= 3, `--${name}: ${ratio.toFixed(2)}`);
    }
  });

  Deno.test(`style.css goes one way in lightness from early to late moments in ${mode} mode`, () => {
    const ground = luminance(colours.get("page")!);
    const distances = Array.from(
      { length: 6 },
      (_, n) => Math.abs(luminance(colours.get(`moment-${n + 1}`)!) - ground),
    );
    assert.deepEqual(distances, distances.toSorted((a, b) => a - b));
  });
}

Deno.test("style.css loads nothing and defines every variable that it uses", () => {
  assert.doesNotMatch(css, /url\(|@import|https?:/);
  for (const [, name] of css.matchAll(/var\(--([a-z0-9-]+)\)/g)) {
    assert.ok(light!.has(name!) && dark!.has(name!), `--${name}`);
  }
});

function variables(body: string): Map<string, string> {
  return new Map(
    [...body.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name!, hex!]),
  );
}

/** WCAG 2: relative luminance of the lighter colour over that of the darker one, each plus 0.05. */
function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
