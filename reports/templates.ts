/**
 * Templates of Handlebars: each file is a page or a part of one. What they are given is escaped.
 *
 * @module
 */
import Handlebars from "handlebars";

const EXTENSION = ".hbs";

/** Renders a template by its name. */
export type Render = (name: string, view: unknown) => string;

/** Text that is written as it is: charts, style sheets and pages, which this folder makes itself. */
export function trusted(text: string): unknown {
  return new Handlebars.SafeString(text);
}

/**
 * The templates of some folders, each also a part that the others may name; they are read when the
 * first is rendered.
 */
export function templates(folders: readonly URL[]): Render {
  let compiled: Map<string, Handlebars.TemplateDelegate> | undefined;
  return (name, view) => {
    compiled ??= compile(folders);
    const template = compiled.get(name);
    if (!template) throw new TypeError(`Cannot render "${name}": there is no such template`);
    return template(view);
  };
}

function compile(folders: readonly URL[]): Map<string, Handlebars.TemplateDelegate> {
  const engine = Handlebars.create();
  engine.registerHelper("svg", (chart: string) => new engine.SafeString(chart));
  const files = folders.flatMap((folder) =>
    [...Deno.readDirSync(folder)].filter(({ name }) => name.endsWith(EXTENSION)).map((
      { name },
    ) => ({
      name: name.slice(0, -EXTENSION.length),
      text: Deno.readTextFileSync(new URL(name, folder)),
    }))
  );
  for (const { name, text } of files) engine.registerPartial(name, text);
  return new Map(files.map(({ name, text }) => [name, engine.compile(text, { strict: true })]));
}
