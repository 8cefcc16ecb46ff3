/**
 * A page of the site in the frame that all pages share.
 *
 * @module
 */
import { templates, trusted } from "../templates.ts";

/** A page before it is rendered. */
export interface SitePage {
  /** Address from the root of the site; its parts are plain, see `slugOf`. */
  readonly path: string;
  readonly title: string;
  /** Name of the template of its main part. */
  readonly template: string;
  /** What the template shows. */
  readonly view: object;
  /** Scripts of the site that it needs besides those of every page, by their addresses. */
  readonly scripts?: readonly string[];
  /** What else its scripts may do, as a directive of a Content-Security-Policy. */
  readonly policy?: string;
}

const render = templates([
  new URL("../templates/", import.meta.url),
  new URL("../protopnet/templates/", import.meta.url),
  new URL("./templates/", import.meta.url),
]);

/** Nothing from elsewhere, no script but the files of the site. */
const POLICY = "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; " +
  "img-src 'self'; form-action 'self'; base-uri 'none'";

/** Scripts of every page. */
const SCRIPTS = ["scripts/sort_tables.js", "scripts/filter_tables.js", "scripts/hover_values.js"];

/** The parts of the site that every page leads to. */
const PARTS = [
  { path: "index.html", name: "Overview" },
  { path: "compare.html", name: "Compare" },
  { path: "changes.html", name: "Changes" },
  { path: "contents.html", name: "Contents" },
];

/** The whole page; the same input gives the same bytes. */
export function renderPage(
  { path, title, template, view, scripts = [], policy }: SitePage,
): string {
  const root = "../".repeat(path.split("/").length - 1);
  return render("layout", {
    root,
    title,
    policy: policy === undefined ? POLICY : `${POLICY}; ${policy}`,
    scripts: [...SCRIPTS, ...scripts],
    parts: PARTS.map((part) => ({ ...part, here: part.path === path })),
    main: trusted(render(template, { ...view, root })),
  });
}

/** Renders a template that is not a page. */
export function renderPart(template: string, view: object): string {
  return render(template, view);
}
