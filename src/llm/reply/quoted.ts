/**
 * What stands between the quotes around a value, as JSON and YAML write it; undefined when there are none, or when
 * other quotes are in it that were not escaped.
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
