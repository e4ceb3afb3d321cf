import { beginsMention } from './mentions.ts';
import { type BioTag, outsideTag } from './tag.ts';

/**
 * IOB1 writes B only if a mention directly follows another of its type, IOB2 at every beginning, IO never. BIOES also
 * marks ends and single tokens.
 */
export type BioScheme = 'IOB1' | 'IOB2' | 'BIOES' | 'IO';

/** The scheme that most tags follow, or IOB2 if there are no mentions. Sentences must be separated by an O. */
export function detectScheme(tags: Iterable<BioTag>): BioScheme {
  let begunByB = 0;
  let touching = 0;
  let begunByI = 0;
  let previous = outsideTag;
  for (const tag of tags) {
    if (tag.prefix === 'E' || tag.prefix === 'S') return 'BIOES';
    if (tag.prefix === 'B') {
      begunByB++;
      if (previous.prefix !== 'O' && previous.label === tag.label) touching++;
    } else if (tag.prefix === 'I' && beginsMention(previous, tag)) {
      begunByI++;
    }
    previous = tag;
  }
  if (begunByI === 0) return 'IOB2';
  if (begunByB === 0) return 'IO';
  return touching === begunByB ? 'IOB1' : 'IOB2';
}
