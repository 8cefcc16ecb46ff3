/**
 * TypeScript modules as one script that a page can load from a file: browsers refuse modules there.
 *
 * @module
 */
import { stripTypeScriptTypes } from "node:module";

/** A module whose types are gone. */
interface Module {
  /** Its code without imports, nothing exported. */
  readonly code: string;
  readonly imports: readonly { readonly from: string; readonly names: readonly ImportedName[] }[];
  /** What it declares and exports. */
  readonly exports: readonly string[];
  /** Modules that it exports again. */
  readonly again: readonly string[];
}

interface ImportedName {
  readonly name: string;
  readonly local: string;
}

const IMPORT = /^import\s*\{([^}]*)\}\s*from\s*"([^"]+)";$/gm;
const AGAIN = /^export \* from "([^"]+)";$/gm;
const EXPORT = /^export (?=(?:async function|function\*?|const|class) ([A-Za-z_$][\w$]*))/gm;

/**
 * A module and all that it uses, each module a function that returns what it exports. Modules that only
 * export others again are looked through.
 *
 * @param entry File of the module. Its files import by relative paths and by names.
 * @param name Global name under which the page finds what the module exports.
 * @throws {TypeError} When a file imports or exports in another way, or modules import each other.
 */
export function classicScript(entry: URL, name: string): string {
  const known = new Map<string, Module>();
  const moduleAt = (url: URL): Module => {
    const module = known.get(url.href) ?? readModule(url);
    known.set(url.href, module);
    return module;
  };
  const provider = (url: URL, wanted: string): URL | undefined => {
    const { exports, again } = moduleAt(url);
    if (exports.includes(wanted)) return url;
    return again.values().map((next) => provider(relative(next, url), wanted))
      .find((found) => found);
  };
  const places = new Map<string, number | undefined>();
  const parts: string[] = [];
  const add = (url: URL): number => {
    if (places.has(url.href)) {
      const place = places.get(url.href);
      if (place === undefined) throw new TypeError(`${url.href}: imports itself through others`);
      return place;
    }
    places.set(url.href, undefined);
    const { code, imports, exports } = moduleAt(url);
    const other = /^(import|export)\b.*$/m.exec(code);
    if (other) throw new TypeError(`${url.href}: cannot link "${other[0]}"`);
    const bindings = imports.flatMap(({ from, names }) =>
      names.map(({ name, local }) => {
        const source = provider(relative(from, url), name);
        if (!source) throw new TypeError(`${url.href}: ${from} does not export "${name}"`);
        return `const ${local} = module${add(source)}.${name};`;
      })
    );
    const place = parts.length;
    parts.push(
      `const module${place} = (() => {\n${bindings.join("\n")}\n${code.trim()}\n` +
        `return { ${exports.join(", ")} };\n})();`,
    );
    places.set(url.href, place);
    return place;
  };
  const last = add(entry);
  const body = parts.join("\n");
  return `"use strict";\nglobalThis.${name} = (() => {\n${body}\nreturn module${last};\n})();\n`;
}

function readModule(url: URL): Module {
  const source = stripTypeScriptTypes(Deno.readTextFileSync(url));
  const imports = [...source.matchAll(IMPORT)].map(([, list, path]) => ({
    from: path!,
    names: list!.split(",").map((item) => item.trim()).filter(Boolean).map((item) => {
      const [name, local = name] = item.split(/\s+as\s+/);
      return { name: name!, local: local! };
    }),
  }));
  const again = [...source.matchAll(AGAIN)].map(([, path]) => path!);
  const exports = [...source.matchAll(EXPORT)].map(([, declared]) => declared!);
  const code = source.replaceAll(IMPORT, "").replaceAll(AGAIN, "").replaceAll(EXPORT, "");
  return { code, imports, exports, again };
}

function relative(path: string, from: URL): URL {
  if (!path.startsWith(".")) throw new TypeError(`${from.href}: cannot link the package "${path}"`);
  return new URL(path, from);
}
