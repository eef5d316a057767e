/** The text of a file's bytes, when they are UTF-8; a rewrite of anything else would change bytes that it never meant. */

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** With its BOM, if it has one. */
export function textOfBytes(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
