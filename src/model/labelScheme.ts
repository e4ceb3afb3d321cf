import { type BioPrefix, type BioTag, parseTag } from '../corpus/bio/tag.ts';

/** The labels of a model as tags, and which may follow which. */
export interface LabelScheme {
  readonly tags: readonly BioTag[];
  /** By label id: the labels that may come before it. */
  readonly predecessors: readonly (readonly number[])[];
  readonly mayBegin: readonly boolean[];
  readonly mayEnd: readonly boolean[];
}

/**
 * Reads the scheme off the labels: BIOES when some end a mention (E, L) or are one alone (S, U), IOB2 when
 * some begin one (B), else plain types, of which any may follow any. Without an `O` (the label of words in no
 * mention) anything may follow anything too, since the rules could allow no sequence at all.
 */
export function labelScheme(labels: readonly string[]): LabelScheme {
  const tags = parseLabels(labels);
  const has = (...wanted: readonly BioPrefix[]): boolean =>
    tags.some(({ prefix }) => wanted.includes(prefix));
  const rules = has('O') ? (has('E', 'S') ? bioes : has('B') ? iob2 : plain) : plain;
  return {
    tags,
    predecessors: tags.map((next) =>
      tags.flatMap((previous, id) => (rules.mayFollow(previous, next) ? [id] : [])),
    ),
    mayBegin: tags.map((tag) => rules.mayFollow(outside, tag)),
    mayEnd: tags.map((tag) => rules.mayFollow(tag, outside)),
  };
}

const outside: BioTag = { prefix: 'O', label: '' };

interface Rules {
  mayFollow(previous: BioTag, next: BioTag): boolean;
}

const plain: Rules = { mayFollow: () => true };

const iob2: Rules = {
  mayFollow: (previous, next) =>
    next.prefix !== 'I' || (previous.prefix !== 'O' && previous.label === next.label),
};

const bioes: Rules = {
  mayFollow(previous, next) {
    const open = previous.prefix === 'B' || previous.prefix === 'I';
    const continues = next.prefix === 'I' || next.prefix === 'E';
    return open === continues && (!open || previous.label === next.label);
  },
};

/** `B-Disease` and its kin; where a label is of another form, all of them are plain types. */
function parseLabels(labels: readonly string[]): BioTag[] {
  const tags = labels.map(parseTag);
  return tags.every((tag) => tag !== undefined)
    ? tags
    : labels.map((label) => (label === 'O' ? outside : { prefix: 'I', label }));
}
