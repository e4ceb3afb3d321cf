import type { CompletionReply } from '../provider.ts';
import { answerIn, reasoningIn } from './answer/answerIn.ts';

/** Why a reply has no answer that can be read, as a part of a sentence, and what may help. */
export interface Unreadable {
  readonly detail: string;
  readonly nextStep: string;
}

/** A run ends after so many replies in a row that cannot be read, if it has accepted nothing yet. */
export const mostUnreadable = 3;

const otherModel = 'Try another model or another form of reply.';

/** Why a reply without a list of texts has none: often the model used up its tokens for reasoning. */
export function whyUnreadable({ text, truncated = false, reasoning = 0 }: CompletionReply): Unreadable {
  if (answerIn(text) !== '') return { detail: 'the reply holds no list of texts', nextStep: otherModel };
  const characters = reasoning + reasoningIn(text);
  const written =
    characters === 0
      ? 'the reply is empty'
      : `the model wrote ${characters.toLocaleString('en')} characters of reasoning and no answer`;
  return truncated
    ? {
        detail: `${written}, because it reached the longest reply ("maxOutputTokens")`,
        nextStep: 'Set a higher "maxOutputTokens" in chartmark.json, or choose a model that reasons less.',
      }
    : { detail: written, nextStep: otherModel };
}
