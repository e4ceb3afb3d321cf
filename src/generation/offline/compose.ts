import templates from '../../../lexicon/templates.json' with { type: 'json' };
import type { MentionSpec, RelationSpec, Topic } from '../plan/requestSpec.ts';
import { pick, type Random } from '../../foundation/random.ts';
import type { Lexicon } from '../topics/lexicon.ts';
import type { NameDecks } from './decks.ts';
import { expandTemplate, type FillSlot } from './grammar.ts';
import { sentenceSlots, templateTypes } from './slots.ts';
import { isNoteStyle, styleTemplates } from './styleTemplates.ts';

export interface SentenceContext {
  readonly lexicon: Lexicon;
  readonly decks: NameDecks;
  readonly random: Random;
}

/** How often a line of a note is written in capitals, or not capitalised at all. */
const shoutedShare = 0.03;
const lowerCaseShare = 0.06;

/** How often a sentence of an abstract gets a clause before or behind it, and up to which length in characters. */
const openerShare = 0.15;
const closerShare = 0.22;
const longSentence = 260;

/** One text with its mentions tagged, or one without any. */
export function mentionSentence(
  spec: MentionSpec,
  context: SentenceContext,
  wish: { readonly isTagged: boolean; readonly seed?: Topic },
): string {
  const { random } = context;
  const { tagged, plain } = styleTemplates(spec.style.name);
  const fitting = wish.isTagged ? tagged.filter((template) => fits(template, spec, wish.seed)) : plain;
  const template = pick(random, fitting.length > 0 ? fitting : tagged);
  const slots = sentenceSlots({
    ...context,
    labels: spec.labels,
    ...(wish.seed === undefined ? {} : { seed: wish.seed }),
  });
  const inner = expandTemplate(template, random, slots.fill);
  const isLiterature = ['PubMed abstract', 'case report'].includes(spec.style.name);
  const sentence = polish(isLiterature ? withClauses(inner, random, slots.fill) : inner);
  return isNoteStyle(spec.style.name) ? varyCase(sentence, random) : capitalised(sentence);
}

/** A sentence with one tagged gene and one tagged disease. */
export function relationSentence(
  spec: RelationSpec,
  context: SentenceContext,
  wish: { readonly isRelated: boolean; readonly seed?: Topic },
): string {
  const { random, decks, lexicon } = context;
  const { head, tail } = spec.relation;
  const slots = sentenceSlots({ ...context, labels: [] });
  const nameOf = (type: string, draw: () => string): string =>
    wish.seed?.type === type ? wish.seed.name : draw();
  const gene = nameOf(head, () => pick(random, lexicon.genes));
  const disease = nameOf(tail, () =>
    decks.draw('Disease', pick(random, ['genetic', 'disorder', 'cancer', 'rare'])),
  );
  const template = pick(random, wish.isRelated ? templates.related : templates.unrelated);
  const sentence = expandTemplate(template, random, (name, key) => {
    if (name === 'head') return `<${head}>${gene}</${head}>`;
    if (name === 'tail') return `<${tail}>${disease}</${tail}>`;
    return slots.fill(name, key);
  });
  return capitalised(polish(sentence));
}

/** Abstracts rarely come to the point at once: some sentences get a clause before or behind them. */
function withClauses(sentence: string, random: Random, fill: FillSlot): string {
  let text = sentence;
  if (random() < openerShare && !/^\w+:/.test(text)) {
    text = expandTemplate(pick(random, templates.openers), random, fill) + withSmallInitial(text);
  }
  if (random() < closerShare && /[^.]\.$/.test(text) && text.length < longSentence) {
    text = text.slice(0, -1) + expandTemplate(pick(random, templates.closers), random, fill);
  }
  return text;
}

function withSmallInitial(sentence: string): string {
  return sentence.replace(/^\p{Lu}(?=\p{Ll}* )/u, (letter) => letter.toLowerCase());
}

function fits(template: string, spec: MentionSpec, seed: Topic | undefined): boolean {
  const types = templateTypes(template);
  return seed === undefined ? spec.labels.some((label) => types.has(label)) : types.has(seed.type);
}

/** Articles, blanks and stops as alternatives and names leave them. */
function polish(sentence: string): string {
  return sentence
    .replaceAll(/(^A|^a|(?<=\s)a) (?=(?:<\w+>)?(?:[aio]|e(?!u)|8\d?\b|11\b|18\b))(?!one|once)/g, '$1n ')
    .replaceAll(/ {2,}/g, ' ')
    .replaceAll(/ (?=[.,;])/g, '')
    .replace(/\.\.$/, '.')
    .trim();
}

function capitalised(sentence: string): string {
  return sentence.replace(
    /^((?:<\w+>)?)(\p{Ll})(?=\p{Ll}| )/u,
    (_, tag: string, letter: string) => tag + letter.toUpperCase(),
  );
}

function varyCase(sentence: string, random: Random): string {
  const draw = random();
  if (draw < lowerCaseShare) return sentence;
  const withCapital = capitalised(sentence);
  if (draw > 1 - shoutedShare) {
    return withCapital.replaceAll(/<[^<>]*>|[^<>]+/g, (part) =>
      part.startsWith('<') ? part : part.toUpperCase(),
    );
  }
  return withCapital;
}
