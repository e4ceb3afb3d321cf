import { chunkMentions, type TokenMention } from '../corpus/bio/mentions.ts';
import { type BioTag, parseTag } from '../corpus/bio/tag.ts';
import type { Document, Span } from '../corpus/document.ts';
import type { MatchMode } from './report.ts';

/** Schemes in which a mention may begin with `I-`: being strict drops nothing there. */
const schemesWithoutBegin: ReadonlySet<string> = new Set(['IOB1', 'IO']);

/** Whether mentions must begin with a tag that says so. */
export function needsBegin(mode: MatchMode, scheme: string): boolean {
  return mode === 'strict' && !schemesWithoutBegin.has(scheme.toUpperCase());
}

/**
 * Whether a span counts under strict IOB2 (seqeval's `mode='strict', scheme=IOB2`): one whose first tag
 * isn't `B-` (or `S-`) doesn't. The reader of BIO names such spans in `meta.mentionsWithoutBegin`, a list of ids;
 * spans that don't come from tags always count.
 */
export function isStrictlyTagged(document: Document): (span: Span) => boolean {
  const loose = document.meta['mentionsWithoutBegin'];
  if (!Array.isArray(loose)) return () => true;
  const ids = new Set<unknown>(loose);
  return (span) => !ids.has(span.id);
}

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
