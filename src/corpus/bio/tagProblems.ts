import type { ProblemCode } from '../problem.ts';
import type { Report } from '../readContext.ts';
import { beginsMention } from './mentions.ts';
import { type BioScheme } from './scheme.ts';
import { type BioTag, outsideTag } from './tag.ts';

/** A tag in a file: its line, from 0, and its UTF-16 offsets in the source. The end of a sentence is an O without them. */
interface PlacedTag extends BioTag {
  readonly line?: number;
  readonly tagStart?: number;
  readonly tagEnd?: number;
}

/** Reports tags that violate a scheme. Sentences must be separated by an O. */
export function reportTags(
  report: Report,
  source: string,
  tags: Iterable<PlacedTag>,
  scheme: BioScheme,
): void {
  if (scheme === 'IO' || scheme === 'IOB1') return;
  const tell = (tag: PlacedTag, code: ProblemCode, message: string, nextStep: string): void => {
    const { line = 0, tagStart = 0, tagEnd = 0 } = tag;
    const before = Math.max(source.lastIndexOf('\n', tagStart), source.lastIndexOf('\r', tagStart)) + 1;
    const lineStart = Math.max(before, source.charCodeAt(0) === 0xfeff ? 1 : 0);
    report(line + 1, code, message, nextStep, { start: tagStart - lineStart, end: tagEnd - lineStart });
  };
  let previous: PlacedTag = outsideTag;
  for (const tag of tags) {
    const continues = tag.prefix !== 'O' && !beginsMention(previous, tag);
    if (scheme === 'BIOES' && !continues) reportEnd(tell, previous);
    if (!continues && (tag.prefix === 'I' || tag.prefix === 'E')) reportBegin(tell, previous, tag);
    previous = tag;
  }
}

type Tell = (tag: PlacedTag, code: ProblemCode, message: string, nextStep: string) => void;

/** In BIOES a mention ends with E or S. */
function reportEnd(tell: Tell, last: PlacedTag): void {
  if (last.prefix !== 'B' && last.prefix !== 'I') return;
  const right = last.prefix === 'B' ? 'S' : 'E';
  const message = `The mention ends here, but its last tag is ${last.prefix}-${last.label}.`;
  tell(last, 'unclosed-mention', message, `Write ${right}-${last.label}.`);
}

function reportBegin(tell: Tell, previous: PlacedTag, tag: PlacedTag): void {
  if (previous.prefix === 'B' || previous.prefix === 'I') {
    const message = `The label changes from ${previous.label} to ${tag.label} inside a mention.`;
    const begin = `Write B-${tag.label} to begin a new mention, or ${tag.prefix}-${previous.label} to continue this one.`;
    tell(tag, 'label-change', message, begin);
  } else {
    const message = `${tag.prefix}-${tag.label} continues a mention that has no beginning.`;
    tell(tag, 'inside-without-begin', message, `Write B-${tag.label}.`);
  }
}
