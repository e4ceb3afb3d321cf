import words from '../../../lexicon/fillers.json' with { type: 'json' };
import type { Topic } from '../plan/requestSpec.ts';
import { pick, type Random } from '../../foundation/random.ts';
import type { Lexicon, LexiconType } from '../topics/lexiconLists.ts';
import type { NameDecks } from './decks.ts';
import { fillers } from './fillers.ts';
import type { FillSlot } from './grammar.ts';
import { initials, madeUpLetters, researchCode, systematicName } from './inventedNames.ts';

/** Slots for mentions: their type and lexicon groups. A group that is listed more often is drawn more often. */
const entitySlots: Readonly<
  Record<string, { readonly type: LexiconType; readonly groups: readonly string[] }>
> = {
  dis: {
    type: 'Disease',
    groups: [
      'frequent',
      'disorder',
      'disorder',
      'disorder',
      'symptom',
      'symptom',
      'toxicity',
      'cancer',
      'rare',
      'rare',
    ],
  },
  cond: { type: 'Disease', groups: ['disorder', 'disorder', 'disorder', 'disorder', 'cancer', 'rare'] },
  sym: { type: 'Disease', groups: ['symptom', 'symptom', 'symptom', 'frequent'] },
  tox: {
    type: 'Disease',
    groups: [
      'frequent',
      'toxicity',
      'toxicity',
      'toxicity',
      'symptom',
      'symptom',
      'symptom',
      'disorder',
      'rare',
    ],
  },
  can: { type: 'Disease', groups: ['cancer'] },
  gen: { type: 'Disease', groups: ['genetic', 'genetic', 'genetic', 'cancer', 'rare'] },
  adj: { type: 'Disease', groups: ['adjective'] },
  drug: { type: 'Chemical', groups: ['drug', 'drug', 'drug', 'drug', 'drug', 'drug', 'compound', 'rare'] },
  med: { type: 'Chemical', groups: ['drug', 'drug', 'drug', 'drug', 'drug', 'brand', 'class'] },
  cls: { type: 'Chemical', groups: ['class'] },
  cmp: { type: 'Chemical', groups: ['compound', 'compound', 'drug', 'rare', 'code'] },
  img: { type: 'Procedure', groups: ['imaging'] },
  test: { type: 'Procedure', groups: ['test', 'test', 'imaging'] },
  surg: { type: 'Procedure', groups: ['surgery', 'surgery', 'surgery', 'rare'] },
  ther: { type: 'Procedure', groups: ['therapy'] },
  proc: { type: 'Procedure', groups: ['test', 'surgery', 'therapy', 'imaging', 'rare'] },
};

/** A name with its abbreviation in brackets, as two mentions; `{short:key}` repeats the abbreviation. */
const abbreviatedSlots: Readonly<Record<string, LexiconType>> = {
  'dis+': 'Disease',
  'drug+': 'Chemical',
  'proc+': 'Procedure',
};

/** Slots for only an abbreviation. */
const shortSlots: Readonly<Record<string, LexiconType>> = {
  disShort: 'Disease',
  drugShort: 'Chemical',
  procShort: 'Procedure',
};

/** Slots for fixed words that are a mention: `{D:seizure}`. */
const literalSlots: Readonly<Record<string, LexiconType>> = { D: 'Disease', C: 'Chemical', P: 'Procedure' };

/** The fraction of abbreviations that are made up, as authors do, instead of drawn from the lexicon. */
const madeUpShare = 0.5;

/** The fraction of disease names that get a word for severity or course before them. */
const modifierShare = 0.15;

export interface SlotOptions {
  readonly lexicon: Lexicon;
  readonly decks: NameDecks;
  readonly random: Random;
  /** Labels that are tagged; mentions of other types are not. */
  readonly labels: readonly string[];
  /** A name for the first slot of its type. */
  readonly topic?: Topic;
}

/** The types of the mentions in a template. */
export function templateTypes(template: string): ReadonlySet<string> {
  const types = new Set<string>();
  for (const [, name = ''] of template.matchAll(/\{([^{}:]+)/g)) {
    const type = entitySlots[name]?.type ?? abbreviatedSlots[name] ?? shortSlots[name] ?? literalSlots[name];
    if (type !== undefined) types.add(type);
  }
  return types;
}

/** The slots of one sentence. */
export function sentenceSlots({ lexicon, decks, random, labels, topic }: SlotOptions): FillSlot {
  const byKey = new Map<string, string>();
  const used = new Set<string>();
  let unusedTopic = topic;

  const tag = (type: string, name: string): string =>
    labels.includes(type) ? `<${type}>${name}</${type}>` : name;

  const takeTopic = (type: string): string | undefined => {
    if (unusedTopic?.type !== type) return undefined;
    const { name } = unusedTopic;
    unusedTopic = undefined;
    return name;
  };

  const entityName = (name: string, slot: { type: LexiconType; groups: readonly string[] }): string => {
    const topicName = name === 'adj' ? undefined : takeTopic(slot.type);
    if (topicName !== undefined) return topicName;
    const group = pick(random, slot.groups);
    if (group === 'code') return random() < 0.5 ? researchCode(random) : systematicName(random);
    // Avoids the same name twice in a sentence.
    for (let attempt = 0; ; attempt++) {
      const drawn = decks.draw(slot.type, group);
      if (attempt === 3 || !used.has(drawn)) {
        used.add(drawn);
        return drawn;
      }
    }
  };

  const fresh = (name: string): string => {
    const entity = entitySlots[name];
    if (entity !== undefined) {
      const mention = tag(entity.type, entityName(name, entity));
      return modified(name, mention, random);
    }
    const short = shortSlots[name];
    if (short !== undefined) {
      const isMadeUp = short !== 'Procedure' && random() < madeUpShare;
      return tag(
        short,
        isMadeUp ? madeUpLetters(random) : pick(random, abbreviationsOf(lexicon, short)).short,
      );
    }
    if (name === 'gene' || name === 'gene2') return pick(random, lexicon.genes);
    if (name === 'otherDis') return decks.draw('Disease', pick(random, ['disorder', 'genetic', 'cancer']));
    const filler = fillers[name];
    if (filler === undefined) throw new RangeError(`there is no slot "${name}"`);
    return filler(random);
  };

  const abbreviated = (type: LexiconType, key: string): string => {
    const topicName = takeTopic(type);
    const { name, short } = topicName === undefined ? drawAbbreviated(type) : abbreviate(topicName);
    byKey.set(`short:${key}`, tag(type, short ?? name));
    return short === undefined ? tag(type, name) : `${tag(type, name)} (${tag(type, short)})`;
  };

  const abbreviate = (name: string): { name: string; short: string | undefined } => ({
    name,
    short: lexicon.abbreviations.find((entry) => entry.name === name)?.short ?? initials(name),
  });

  const drawAbbreviated = (type: LexiconType): { name: string; short: string | undefined } =>
    type === 'Procedure' || random() >= madeUpShare
      ? pick(random, abbreviationsOf(lexicon, type))
      : abbreviate(decks.draw(type, type === 'Disease' ? pick(random, ['disorder', 'toxicity']) : 'drug'));

  return (name, key) => {
    const literal = literalSlots[name];
    if (literal !== undefined) return tag(literal, key ?? '');
    const abbreviatedType = abbreviatedSlots[name];
    if (abbreviatedType !== undefined) return abbreviated(abbreviatedType, key ?? '');
    if (key === undefined) return fresh(name);
    const id = `${name}:${key}`;
    const known = byKey.get(id);
    if (known !== undefined) return known;
    const text = fresh(name);
    byKey.set(id, text);
    return text;
  };
}

function abbreviationsOf(lexicon: Lexicon, type: LexiconType): Lexicon['abbreviations'] {
  return lexicon.abbreviations.filter((abbreviation) => abbreviation.type === type);
}

/** Words for severity and course are not part of a name, so they precede the tag. */
function modified(slot: string, mention: string, random: Random): string {
  const isModifiable = ['dis', 'tox', 'sym'].includes(slot) && /^<\w+>\p{Ll}/u.test(mention);
  if (!isModifiable || /^<\w+>(?:acute|chronic|severe|advanced)/.test(mention)) return mention;
  return random() < modifierShare ? `${pick(random, words.modifiers)} ${mention}` : mention;
}
