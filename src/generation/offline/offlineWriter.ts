import { requestRandom, shuffled } from '../../foundation/random.ts';
import type { RequestSpec, MentionSpec, RelationSpec, Writer } from '../plan/requestSpec.ts';
import { throwIfCancelled, UserError } from '../../foundation/userError.ts';
import type { Lexicon, ShippedLexicon } from '../topics/lexiconLists.ts';
import { mentionSentence, relationSentence, type SentenceContext } from './composeText.ts';
import { requestDecks } from './decks.ts';

/** The entity types of the relation templates. */
const ends = { head: 'Gene', tail: 'Disease' } as const;

/**
 * Writes texts from templates and a lexicon, without a key, a network or a model. Like a language model, it replies in
 * JSON with inline tags. The same request with the same seed always gets the same reply.
 */
export function offlineWriter(shipped: ShippedLexicon, seed: number): Writer {
  return {
    name: 'offline',
    model: 'templates-v1',
    destination: { kind: 'local', host: 'this computer' },
    isRepeatable: true,
    onlySentences: true,
    onlyRelation: ends,
    complete: async ({ spec, index, version }, signal) => {
      throwIfCancelled(signal);
      const lexicon = version === 1 ? shipped.former : shipped;
      checkSpec(spec, lexicon);
      const random = requestRandom(seed, index);
      const context = { lexicon, random, decks: requestDecks(lexicon, seed, index) };
      const texts = spec.task === 'ner' ? mentionTexts(spec, context) : relationTexts(spec, context);
      return { text: JSON.stringify({ texts }) };
    },
  };
}

function mentionTexts(spec: MentionSpec, context: SentenceContext): readonly object[] {
  const kinds = Array.from({ length: spec.texts }, (_, index) => index >= spec.entityFree);
  let next = 0;
  return shuffled(context.random, kinds).map((isTagged) => {
    const topic = isTagged && spec.topics.length > 0 ? spec.topics[next++ % spec.topics.length] : undefined;
    return { text: mentionSentence(spec, context, { isTagged, ...(topic === undefined ? {} : { topic }) }) };
  });
}

function relationTexts(spec: RelationSpec, context: SentenceContext): readonly object[] {
  const kinds = Array.from({ length: spec.texts }, (_, index) => index >= spec.negative);
  return shuffled(context.random, kinds).map((isRelated, index) => {
    const topic = spec.topics.length > 0 ? spec.topics[index % spec.topics.length] : undefined;
    return {
      text: relationSentence(spec, context, { isRelated, ...(topic === undefined ? {} : { topic }) }),
      relation: isRelated ? spec.relation.name : 'none',
    };
  });
}

/** The templates are in English and only about diseases, chemicals, procedures and genes. */
function checkSpec(spec: RequestSpec | undefined, lexicon: Lexicon): asserts spec is RequestSpec {
  if (spec === undefined) {
    throw new UserError('The offline templates can only write labelled texts.', {
      nextStep: 'Choose another provider.',
    });
  }
  const known = Object.keys(lexicon.common);
  if (spec.task === 'ner' && !spec.labels.some((label) => known.includes(label))) {
    throw new UserError(`The offline templates only have the entity types ${known.join(', ')}.`, {
      nextStep: 'Choose another provider for the types of this project.',
    });
  }
  if (spec.task === 're' && (spec.relation.head !== ends.head || spec.relation.tail !== ends.tail)) {
    throw new UserError('The offline templates only have relations between a Gene and a Disease.', {
      nextStep: 'Choose another provider for the relations of this project.',
    });
  }
}
