/**
 * The value between quotes as JSON and YAML write them; undefined if there are no quotes around it or unescaped ones
 * inside it.
 */
export function insideQuotes(written: string): string | undefined {
  if (written.length < 2) return undefined;
  if (written.startsWith('"') && written.endsWith('"')) {
    try {
      return String(JSON.parse(written));
    } catch {
      return undefined;
    }
  }
  if (!written.startsWith("'") || !written.endsWith("'")) return undefined;
  const parts = written.slice(1, -1).split("''");
  return parts.some((part) => part.includes("'")) ? undefined : parts.join("'");
}
