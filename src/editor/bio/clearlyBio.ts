import { detectBioFormat, parseBioLine } from '../../corpus/bio/line.ts';

/**
 * Whether the first lines of a file can be nothing but BIO: every line fits, and there are enough tags to
 * tell. Notes and tables must never be taken for it, so in doubt the answer is no.
 */
export function clearlyBio(lines: readonly string[]): boolean {
  const format = detectBioFormat(lines);
  let tokens = 0;
  let tagged = 0;
  for (const line of lines) {
    const parsed = parseBioLine(line, format);
    if (parsed.kind === 'broken') return false;
    if (parsed.kind !== 'token') continue;
    tokens++;
    if (parsed.prefix !== 'O') tagged++;
  }
  return tokens >= 3 && (tagged > 0 || tokens >= 20);
}
