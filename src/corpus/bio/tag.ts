/** Where a token stands in a mention, in one alphabet whatever the file's own is. */
export type BioPrefix = 'B' | 'I' | 'E' | 'S' | 'O';

/** A tag taken apart. `label` is empty for `O` only. */
export interface BioTag {
  readonly prefix: BioPrefix;
  readonly label: string;
}

/** The label of a tag that names none: some corpora of one type (BioBERT's) write just `B`, `I` and `O`. */
const unnamedLabel = 'Entity';

/** BILOU's L and U, BMES's M and BMEWO's W in the alphabet of IOB2/BIOES. */
const prefixes: Readonly<Record<string, BioPrefix>> = {
  B: 'B',
  I: 'I',
  E: 'E',
  S: 'S',
  L: 'E',
  U: 'S',
  M: 'I',
  W: 'S',
};

const outside: BioTag = { prefix: 'O', label: '' };

/**
 * Reads `O` (also `o`), `B-Label` and its kin, and a prefix without a label. The label may hold further
 * hyphens. `undefined` when `text` is no tag.
 */
export function parseTag(text: string): BioTag | undefined {
  if (text === 'O' || text === 'o') return outside;
  const prefix = prefixes[text.charAt(0)];
  if (prefix === undefined) return undefined;
  if (text.length === 1) return { prefix, label: unnamedLabel };
  return text.charAt(1) === '-' && text.length > 2 ? { prefix, label: text.slice(2) } : undefined;
}
