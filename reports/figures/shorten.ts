/**
 * Labels that fit beside an axis.
 *
 * @module
 */

/** The text, or its beginning with an ellipsis where it has more characters than allowed. */
export function shorten(text: string, longest: number): string {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join("")}…`;
}

/** The text, or its beginning and its end: layers often differ in the last characters only. */
export function shortenMiddle(text: string, longest: number): string {
  const characters = [...text];
  if (characters.length <= longest) return text;
  const end = Math.floor((longest - 1) / 2);
  const start = longest - 1 - end;
  return `${characters.slice(0, start).join("")}…${characters.slice(-end).join("")}`;
}
