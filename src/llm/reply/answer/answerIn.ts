import { harmonyAnswer } from './harmony.ts';
import { withoutThoughts } from './thoughts.ts';
import { firstTurn, withoutTokens } from './turns.ts';

/**
 * The answer in a reply: without the reasoning of the model, the control tokens of its chat template and turns that it
 * invented. Empty if the reply has only reasoning. Everything that reads a reply begins here. `labels`: names of tags
 * that mark mentions, so that no such tag is taken for reasoning.
 */
export function answerIn(reply: string, labels: readonly string[] = []): string {
  return firstTurn(withoutReasoning(reply, labels)).trim();
}

function withoutReasoning(reply: string, labels: readonly string[]): string {
  const source = reply.replace(/^\uFEFF/, '');
  return withoutThoughts(withoutTokens(harmonyAnswer(source) ?? source), labels);
}

/** How many characters of a reply are reasoning. */
export function reasoningIn(reply: string): number {
  return reply.trim().length - withoutReasoning(reply, []).trim().length;
}
