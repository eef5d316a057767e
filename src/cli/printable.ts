/** Titles and messages are foreign text: a terminal would obey the control characters in them. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are the characters meant
  return text.replace(/[\u0000-\u001F\u007F-\u009F]+/g, ' ');
}
