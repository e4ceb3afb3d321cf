import { looseMentions } from '../corpus/bio/looseMentions.ts';
import { chunkMentions, type TokenMention } from '../corpus/bio/mentions.ts';
import { type BioTag, parseTag } from '../corpus/bio/tag.ts';
import type { Document, Span } from '../corpus/document.ts';
import type { MatchMode } from './report.ts';

/** Schemes in which a mention may begin with `I-`, so that strict matching drops nothing. */
const schemesWithoutBegin: ReadonlySet<string> = new Set(['IOB1', 'IO']);

/** Whether mentions must begin with `B-` or `S-`. */
export function needsBegin(mode: MatchMode, scheme: string): boolean {
  return mode === 'strict' && !schemesWithoutBegin.has(scheme.toUpperCase());
}

/**
 * Whether a span counts under strict matching, which leaves out those whose tags do not follow the scheme of their file.
 * Spans that do not come from tags always count.
 */
export function isStrictlyTagged(document: Document): (span: Span) => boolean {
  const loose = looseMentions(document);
  return (span) => !loose.has(span.id);
}

const outside: BioTag = { prefix: 'O', label: '' };

/**
 * The mentions in the tags of a sentence. `conlleval` reads leniently, as conlleval.pl and seqeval do by default;
 * `strict` keeps only mentions that begin with `B-` (as in seqeval's strict IOB2) or `S-`. An invalid tag counts as `O`.
 */
export function tagMentions(tags: readonly string[], mode: MatchMode): readonly TokenMention[] {
  const parsed = tags.map((tag) => parseTag(tag) ?? outside);
  const mentions = chunkMentions(parsed);
  if (mode === 'conlleval') return mentions;
  return mentions.filter(({ start }) => parsed[start]?.prefix === 'B' || parsed[start]?.prefix === 'S');
}
