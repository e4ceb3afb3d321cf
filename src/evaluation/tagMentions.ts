import { chunkMentions, type TokenMention } from '../corpus/bio/mentions.ts';
import { type BioTag, parseTag } from '../corpus/bio/tag.ts';
import type { MatchMode } from './report.ts';

const outside: BioTag = { prefix: 'O', label: '' };

/**
 * The mentions of one sentence's tags. `conlleval` reads leniently, as conlleval.pl and seqeval's default
 * do; `strict` keeps only those that begin with `B-` (as seqeval's strict IOB2 does) or `S-`. What is no tag
 * is `O`.
 */
export function tagMentions(tags: readonly string[], mode: MatchMode): readonly TokenMention[] {
  const parsed = tags.map((tag) => parseTag(tag) ?? outside);
  const mentions = chunkMentions(parsed);
  if (mode === 'conlleval') return mentions;
  return mentions.filter(({ start }) => parsed[start]?.prefix === 'B' || parsed[start]?.prefix === 'S');
}
