import type { TextRange } from '../document.ts';
import type { Report } from '../readContext.ts';
import { beginsMention } from './mentions.ts';
import { type BioScheme } from './scheme.ts';
import { type BioTag, outsideTag } from './tag.ts';

/** A token line, or the end of a sentence, which counts as O. */
export interface TagLine extends BioTag {
  /** Counts from 1. */
  readonly line: number;
  /** UTF-16 offsets in the line. */
  readonly tag?: TextRange;
}

export const sentenceEnd: TagLine = { ...outsideTag, line: 0 };

/** Reports tags that violate a scheme. */
export function reportTags(report: Report, tags: readonly TagLine[], scheme: BioScheme): void {
  if (scheme === 'IO' || scheme === 'IOB1') return;
  let previous = sentenceEnd;
  for (let index = 0; index <= tags.length; index++) {
    const tag = tags[index] ?? sentenceEnd;
    const continues = tag.prefix !== 'O' && !beginsMention(previous, tag);
    if (scheme === 'BIOES' && !continues) reportEnd(report, previous);
    if (!continues && (tag.prefix === 'I' || tag.prefix === 'E')) reportBegin(report, previous, tag);
    previous = tag;
  }
}

/** In BIOES a mention ends with E or S. */
function reportEnd(report: Report, last: TagLine): void {
  if (last.tag === undefined || (last.prefix !== 'B' && last.prefix !== 'I')) return;
  const right = last.prefix === 'B' ? 'S' : 'E';
  const message = `The mention ends here, but its last tag is ${last.prefix}-${last.label}.`;
  report(last.line, 'unclosed-mention', message, `Write ${right}-${last.label}.`, last.tag);
}

function reportBegin(report: Report, previous: TagLine, tag: TagLine): void {
  if (tag.tag === undefined) return;
  if (previous.prefix === 'B' || previous.prefix === 'I') {
    const message = `The label changes from ${previous.label} to ${tag.label} inside a mention.`;
    const begin = `Write B-${tag.label} to begin a new mention, or ${tag.prefix}-${previous.label} to continue this one.`;
    report(tag.line, 'label-change', message, begin, tag.tag);
  } else {
    const message = `${tag.prefix}-${tag.label} continues a mention that has no beginning.`;
    report(tag.line, 'inside-without-begin', message, `Write B-${tag.label}.`, tag.tag);
  }
}
