import { CancelledError } from '../../foundation/userError.ts';
import type { Estimate } from '../../llm/cost/estimate.ts';
import type { ModelInfo } from '../../llm/provider.ts';
import { askConsent, askText } from '../ask.ts';

interface Question {
  readonly message: string;
  /** What would go where and what it costs, a line each; then what is sent. */
  readonly lines: readonly string[];
  readonly sent: string;
  readonly estimate: Estimate;
  /** The project's limit, or the one that the run was begun with. */
  readonly maxCostUsd: number | undefined;
}

const send = 'Send';

/** Where requests of a provider go, as a line of a question. */
export function hostLine({ destination: { kind, host }, isUnencrypted }: ModelInfo): string {
  const where = kind === 'local' ? 'this machine' : 'another computer';
  return `Host: ${host} (${where}${isUnencrypted === true ? ', by http: NOT ENCRYPTED' : ''})`;
}

/**
 * Asks whether something may be sent. Where it has a price, a limit can be set in the question. Gives the limit
 * that was agreed to, in USD. Throws `CancelledError` when nothing may be sent.
 */
export async function askSending({ message, lines, sent, estimate, maxCostUsd: given }: Question) {
  const { dollars } = await import('../../llm/cost/dollars.ts');
  const hasPrice = estimate.costUsd !== undefined;
  let limit = given;
  for (;;) {
    const limitLine =
      limit === undefined
        ? 'Limit: none.'
        : `Limit: ${dollars(limit)}${limit === given ? '' : ', for this run'}. It stops before it could cost more.`;
    const detail = [...lines, ...(hasPrice || limit !== undefined ? [limitLine] : []), '', sent].join('\n');
    const change = limit === undefined ? 'Set Limit' : 'Change Limit';
    if ((await askConsent(message, detail, send, ...(hasPrice ? [change] : []))) === send) return limit;
    limit = await askLimit(limit, given);
  }
}

/** The limit as it was when the question is left with Escape, and the given one when it is left empty. */
async function askLimit(limit: number | undefined, given: number | undefined): Promise<number | undefined> {
  try {
    const text = await askText({
      title: 'Limit of Cost',
      prompt: `What may it cost at the most, in USD? Left empty: ${given === undefined ? 'no limit' : `${given} USD`}.`,
      value: limit === undefined ? '' : String(limit),
      check: (input) =>
        isAmount(input) ? undefined : { severity: 'error', message: 'An amount such as 2.50 is needed.' },
    });
    return text === '' ? given : Number(text);
  } catch (error) {
    if (error instanceof CancelledError) return limit;
    throw error;
  }
}

function isAmount(text: string): boolean {
  return text.trim() === '' || (/^\s*\d*\.?\d+\s*$/.test(text) && Number(text) > 0);
}
