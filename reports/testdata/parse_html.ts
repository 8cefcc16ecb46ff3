import { DOMParser } from "linkedom";

/** What the tests read of an element. */
export interface ParsedElement {
  readonly tagName: string;
  readonly id: string;
  readonly textContent: string;
  readonly outerHTML: string;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  getAttribute(name: string): string | null;
  querySelector(selector: string): ParsedElement | null;
  querySelectorAll(selector: string): Iterable<ParsedElement>;
}

/** The root element of a page. */
export function parseHtml(html: string): ParsedElement {
  return new DOMParser().parseFromString(html, "text/html").documentElement;
}

/** The root element of a picture. */
export function parseSvg(svg: string): ParsedElement {
  return new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
}

/** The elements within another that a selector finds. */
export function all(element: ParsedElement, selector: string): ParsedElement[] {
  return [...element.querySelectorAll(selector)];
}
