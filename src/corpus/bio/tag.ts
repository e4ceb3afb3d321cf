/** The position of a token in a mention. All schemes are converted to these letters. */
export type BioPrefix = 'B' | 'I' | 'E' | 'S' | 'O';

/** A parsed tag. `label` is empty only for `O`. */
export interface BioTag {
  readonly prefix: BioPrefix;
  readonly label: string;
}

/** The label of a tag without one: some corpora with a single type (BioBERT's) write only `B`, `I` and `O`. */
const unnamedLabel = 'Entity';

/** Converts L and U of BILOU, M of BMES and W of BMEWO to the letters of IOB2 and BIOES. */
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

export const outsideTag: BioTag = { prefix: 'O', label: '' };

/**
 * Reads `O` or `o`, tags such as `B-Label`, and a prefix without a label. The label may contain hyphens. Undefined if
 * `text` is not a tag.
 */
export function parseTag(text: string): BioTag | undefined {
  if (text === 'O' || text === 'o') return outsideTag;
  const prefix = prefixes[text.charAt(0)];
  if (prefix === undefined) return undefined;
  if (text.length === 1) return { prefix, label: unnamedLabel };
  return text.charAt(1) === '-' && text.length > 2 ? { prefix, label: text.slice(2) } : undefined;
}
