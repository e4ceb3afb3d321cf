import { chunkMentions } from '../corpus/bio/mentions.ts';
import type { MatchMode } from './report.ts';

/** A mention of a tag sequence: token indices, end exclusive. */
interface TagMention {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

type Prefix = 'B' | 'I' | 'E' | 'S' | 'O';

/** The names that BILOU and BMES give to the same positions. */
const prefixNames: Readonly<Record<string, Prefix>> = {
  B: 'B',
  I: 'I',
  M: 'I',
  E: 'E',
  L: 'E',
  S: 'S',
  U: 'S',
};

/**
 * The mentions of one sentence's tags. `conlleval` reads leniently, as conlleval.pl and seqeval's default
 * do; `strict` keeps only those that begin with `B-`, as seqeval's strict IOB2 does.
 */
export function tagMentions(tags: readonly string[], mode: MatchMode): readonly TagMention[] {
  const parsed = tags.map(parseTag);
  const mentions = chunkMentions(parsed);
  if (mode === 'conlleval') return mentions;
  return mentions.filter(({ start }) => parsed[start]?.prefix === 'B');
}

function parseTag(tag: string): { readonly prefix: Prefix; readonly label: string } {
  const dash = tag.indexOf('-');
  const prefix = dash === -1 ? undefined : prefixNames[tag.slice(0, dash)];
  return prefix === undefined ? { prefix: 'O', label: '' } : { prefix, label: tag.slice(dash + 1) };
}
