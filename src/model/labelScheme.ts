import { type BioPrefix, type BioTag, outsideTag, parseTag } from '../corpus/bio/tag.ts';

/** The labels of a model as tags, and their allowed order. */
export interface LabelScheme {
  readonly tags: readonly BioTag[];
  /** By label id: the labels that may come before it. */
  readonly predecessors: readonly (readonly number[])[];
  readonly mayBegin: readonly boolean[];
  readonly mayEnd: readonly boolean[];
}

/**
 * Detects the scheme: BIOES if a label has E, L, S or U, otherwise IOB2 if one has B, otherwise plain types in any
 * order. Without the label `O` any order is allowed as well, because the rules might then allow no sequence at all.
 */
export function labelScheme(labels: readonly string[]): LabelScheme {
  const tags = parseLabels(labels);
  const has = (...wanted: readonly BioPrefix[]): boolean =>
    tags.some(({ prefix }) => wanted.includes(prefix));
  const mayFollow = has('O') ? (has('E', 'S') ? bioes : has('B') ? iob2 : plain) : plain;
  return {
    tags,
    predecessors: tags.map((next) => tags.flatMap((previous, id) => (mayFollow(previous, next) ? [id] : []))),
    mayBegin: tags.map((tag) => mayFollow(outsideTag, tag)),
    mayEnd: tags.map((tag) => mayFollow(tag, outsideTag)),
  };
}

type MayFollow = (previous: BioTag, next: BioTag) => boolean;

const plain: MayFollow = () => true;

const iob2: MayFollow = (previous, next) =>
  next.prefix !== 'I' || (previous.prefix !== 'O' && previous.label === next.label);

const bioes: MayFollow = (previous, next) => {
  const open = previous.prefix === 'B' || previous.prefix === 'I';
  const continues = next.prefix === 'I' || next.prefix === 'E';
  return open === continues && (!open || previous.label === next.label);
};

/** Parses labels such as `B-Disease`; if one has another form, all of them are plain types. */
function parseLabels(labels: readonly string[]): BioTag[] {
  const tags = labels.map((label) => parseTag(label));
  return tags.every((tag) => tag !== undefined)
    ? tags
    : labels.map((label) => (label === 'O' ? outsideTag : { prefix: 'I', label }));
}
