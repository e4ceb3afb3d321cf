import { shuffled } from '../../foundation/random.ts';
import { throwIfCancelled, UserError } from '../../foundation/userError.ts';
import type { Lexicon } from '../topics/lexicon.ts';
import { mentionSentence, relationSentence, type SentenceContext } from './compose.ts';
import { requestDecks } from './decks.ts';
import { requestRandom } from '../plan/planRequest.ts';
import type { Ask, MentionAsk, Provider, RelationAsk } from '../../llm/provider.ts';

/** The templates of relations are about these. */
const ends = { head: 'Gene', tail: 'Disease' } as const;

/**
 * Writes texts from templates and a lexicon: no key, no network, no model. It answers in JSON with inline
 * tags as a language model does, and the same request of the same seed always alike.
 */
export function offlineProvider(lexicon: Lexicon, seed: number): Provider {
  return {
    name: 'offline',
    model: 'templates-v1',
    destination: { kind: 'local', host: 'this computer' },
    isRepeatable: true,
    onlySentences: true,
    onlyRelation: ends,
    complete: async ({ ask, index }, signal) => {
      throwIfCancelled(signal);
      checkAsk(ask, lexicon);
      const random = requestRandom(seed, index);
      const context = { lexicon, random, decks: requestDecks(lexicon, seed, index) };
      const texts = ask.task === 'ner' ? mentionTexts(ask, context) : relationTexts(ask, context);
      return { text: JSON.stringify({ texts }) };
    },
  };
}

function mentionTexts(ask: MentionAsk, context: SentenceContext): readonly object[] {
  const kinds = Array.from({ length: ask.texts }, (_, index) => index >= ask.entityFree);
  let next = 0;
  return shuffled(context.random, kinds).map((isTagged) => {
    const seed = isTagged && ask.seeds.length > 0 ? ask.seeds[next++ % ask.seeds.length] : undefined;
    return { text: mentionSentence(ask, context, { isTagged, ...(seed === undefined ? {} : { seed }) }) };
  });
}

function relationTexts(ask: RelationAsk, context: SentenceContext): readonly object[] {
  const kinds = Array.from({ length: ask.texts }, (_, index) => index >= ask.negative);
  return shuffled(context.random, kinds).map((isRelated, index) => {
    const seed = ask.seeds.length > 0 ? ask.seeds[index % ask.seeds.length] : undefined;
    return {
      text: relationSentence(ask, context, { isRelated, ...(seed === undefined ? {} : { seed }) }),
      relation: isRelated ? ask.relation.name : 'none',
    };
  });
}

/** The templates speak of diseases, chemicals, procedures and genes in English, and of nothing else. */
function checkAsk(ask: Ask | undefined, lexicon: Lexicon): asserts ask is Ask {
  if (ask === undefined) {
    throw new UserError('The offline templates write labelled texts and nothing else.', {
      nextStep: 'Choose another provider.',
    });
  }
  const known = Object.keys(lexicon.common);
  if (ask.task === 'ner' && !ask.labels.some((label) => known.includes(label))) {
    throw new UserError(`The offline templates know only the entity types ${known.join(', ')}.`, {
      nextStep: 'Choose another provider for the types of this project.',
    });
  }
  if (ask.task === 're' && (ask.relation.head !== ends.head || ask.relation.tail !== ends.tail)) {
    throw new UserError('The offline templates know only relations between a Gene and a Disease.', {
      nextStep: 'Choose another provider for the relations of this project.',
    });
  }
}
