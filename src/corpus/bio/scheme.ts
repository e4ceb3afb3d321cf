import { beginsMention } from './mentions.ts';
import { type BioTag, outsideTag } from './tag.ts';

/**
 * IOB1 writes B only if a mention directly follows another of its type, IOB2 at every beginning, IO never. BIOES also
 * marks ends and single tokens.
 */
export type BioScheme = 'IOB1' | 'IOB2' | 'BIOES' | 'IO';

const schemes: Readonly<Record<string, BioScheme>> = {
  IOB1: 'IOB1',
  IOB2: 'IOB2',
  BIO: 'IOB2',
  BIOES: 'BIOES',
  IOBES: 'BIOES',
  BILOU: 'BIOES',
  BMEWO: 'BIOES',
  IO: 'IO',
};

/** The scheme with a name, in capitals or not; undefined if there is no such scheme. */
export function schemeNamed(name: string): BioScheme | undefined {
  const upper = name.toUpperCase();
  return Object.hasOwn(schemes, upper) ? schemes[upper] : undefined;
}

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

/**
 * Whether a mention follows the rules of its scheme, as seqeval's strict mode demands: in IOB2 it begins with `B-` (or is a
 * single `S-`), in BIOES it is `S-` alone or goes from `B-` to `E-`. In IOB1 and IO every mention does. `tags` are those of
 * the mention.
 */
export function isStrict(tags: readonly BioTag[], scheme: BioScheme): boolean {
  if (scheme === 'IOB1' || scheme === 'IO') return true;
  const [first, last] = [tags[0]?.prefix, tags.at(-1)?.prefix];
  if (scheme === 'IOB2') return first === 'B' || first === 'S';
  return tags.length === 1 ? first === 'S' : first === 'B' && last === 'E';
}
