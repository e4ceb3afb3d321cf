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
const prefixes: Readonly<Record<string, BioPrefix | undefined>> = {
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
 * How the tags of a file are written: `B-Label` (prefix), `B_Label` (underscore), `Label-B` or `Label_B` (suffix), or
 * `Label` alone (plain).
 */
export type TagStyle = 'prefix' | 'underscore' | 'suffix' | 'plain';

/**
 * Reads `O` or `o`, a tag of a style, and a prefix without a label. The label may contain hyphens. Undefined if `text` is
 * not a tag.
 */
export function parseTag(text: string, style: TagStyle = 'prefix'): BioTag | undefined {
  if (text === 'O' || text === 'o') return outsideTag;
  if (style === 'plain') return text === '' ? undefined : { prefix: 'I', label: text };
  const letter = style === 'suffix' ? text.length - 1 : 0;
  const prefix = prefixes[text.charAt(letter)];
  if (prefix === undefined) return undefined;
  if (text.length === 1) return { prefix, label: unnamedLabel };
  const separator = text.charAt(letter === 0 ? 1 : letter - 1);
  if (text.length < 3 || !separators[style].includes(separator)) return undefined;
  return { prefix, label: letter === 0 ? text.slice(2) : text.slice(0, -2) };
}

const separators: Readonly<Record<TagStyle, string>> = {
  prefix: '-',
  underscore: '_',
  suffix: '-_',
  plain: '',
};
