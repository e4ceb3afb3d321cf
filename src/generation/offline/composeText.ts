import templates from '../../../lexicon/templates.json' with { type: 'json' };
import type { MentionSpec, RelationSpec, Topic } from '../plan/requestSpec.ts';
import { pick, type Random } from '../../foundation/random.ts';
import type { Lexicon } from '../topics/lexiconLists.ts';
import type { NameDecks } from './decks.ts';
import { expandTemplate, type FillSlot } from './grammar.ts';
import { sentenceSlots, templateTypes } from './slots.ts';
import { isNoteStyle, styleTemplates } from './styleTemplates.ts';

export interface SentenceContext {
  readonly lexicon: Lexicon;
  readonly decks: NameDecks;
  readonly random: Random;
}

/** How often a line of a note is in all capitals, or begins in lower case. */
const allCapitalsShare = 0.03;
const lowerCaseShare = 0.06;

/**
 * How often a sentence of an abstract gets a clause before or after it; no clause follows longer sentences (in
 * characters).
 */
const openerShare = 0.15;
const closerShare = 0.22;
const longSentence = 260;

/** A text with tagged mentions, or a text without mentions. */
export function mentionSentence(
  spec: MentionSpec,
  context: SentenceContext,
  { isTagged, topic }: { readonly isTagged: boolean; readonly topic?: Topic },
): string {
  const { random } = context;
  const { tagged, plain } = styleTemplates(spec.style.name);
  const fitting = isTagged ? tagged.filter((template) => fits(template, spec, topic)) : plain;
  const template = pick(random, fitting.length > 0 ? fitting : tagged);
  const fill = sentenceSlots({
    ...context,
    labels: spec.labels,
    ...(topic === undefined ? {} : { topic }),
  });
  const inner = expandTemplate(template, random, fill);
  const isLiterature = ['PubMed abstract', 'case report'].includes(spec.style.name);
  const sentence = polish(isLiterature ? withClauses(inner, random, fill) : inner);
  return isNoteStyle(spec.style.name) ? varyCase(sentence, random) : capitalised(sentence);
}

/** A sentence with one tagged gene and one tagged disease. */
export function relationSentence(
  spec: RelationSpec,
  context: SentenceContext,
  { isRelated, topic }: { readonly isRelated: boolean; readonly topic?: Topic },
): string {
  const { random, decks, lexicon } = context;
  const { head, tail } = spec.relation;
  const fill = sentenceSlots({ ...context, labels: [] });
  const nameOf = (type: string, draw: () => string): string => (topic?.type === type ? topic.name : draw());
  const gene = nameOf(head, () => pick(random, lexicon.genes));
  const disease = nameOf(tail, () =>
    decks.draw('Disease', pick(random, ['genetic', 'disorder', 'cancer', 'rare'])),
  );
  const template = pick(random, isRelated ? templates.related : templates.unrelated);
  const sentence = expandTemplate(template, random, (name, key) => {
    if (name === 'head') return `<${head}>${gene}</${head}>`;
    if (name === 'tail') return `<${tail}>${disease}</${tail}>`;
    return fill(name, key);
  });
  return capitalised(polish(sentence));
}

/** Abstracts rarely get straight to the point, so some sentences get a clause before or after them. */
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

function fits(template: string, spec: MentionSpec, topic: Topic | undefined): boolean {
  const types = templateTypes(template);
  return topic === undefined ? spec.labels.some((label) => types.has(label)) : types.has(topic.type);
}

/** Corrects articles, spaces and full stops after a template was filled. */
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
  if (draw > 1 - allCapitalsShare) {
    return withCapital.replaceAll(/<[^<>]*>|[^<>]+/g, (part) =>
      part.startsWith('<') ? part : part.toUpperCase(),
    );
  }
  return withCapital;
}
