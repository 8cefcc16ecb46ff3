/**
 * Labels that fit beside an axis.
 *
 * @module
 */

/** The text, or its beginning and its end: layers and networks often differ in the last characters only. */
export function shortenMiddle(text: string, longest: number): string {
  const characters = [...text];
  if (characters.length <= longest) return text;
  const end = Math.floor((longest - 1) / 2);
  const start = longest - 1 - end;
  return `${characters.slice(0, start).join("")}…${characters.slice(-end).join("")}`;
}
