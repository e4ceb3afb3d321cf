import type { Estimate } from '../../llm/cost/estimate.ts';
import type { Provider } from '../../llm/provider.ts';
import { askSending, hostLine } from '../generate/askSending.ts';

interface Sending {
  readonly provider: Provider;
  /** The file's name. */
  readonly name: string;
  readonly questions: number;
  readonly task: 'ner' | 're';
  readonly estimate: Estimate;
  readonly maxCostUsd: number | undefined;
}

/**
 * Says what of a text goes where and what it costs, and asks. Gives the limit of cost that was agreed to, in USD.
 * Throws `CancelledError` on a no.
 */
export async function askToSendText(sending: Sending): Promise<number | undefined> {
  const { provider, name, questions, task, estimate, maxCostUsd } = sending;
  const { destination, model } = provider;
  const { describeEstimate } = await import('../../llm/cost/describeEstimate.ts');
  return askSending({
    message: `Send the text of ${name} to ${destination.host}?`,
    lines: [
      hostLine(provider),
      `Model: ${model}`,
      `Texts: 1, ${questions} ${task === 'ner' ? 'sentences' : 'pairs of mentions in their sentences'}`,
      ...describeEstimate(estimate, provider, ''),
    ],
    sent: `Sent: ${task === 'ner' ? 'all words of the text' : 'the sentences of the pairs'}, and the label definitions of the project with guidelines, examples and counter-examples.`,
    estimate,
    maxCostUsd,
  });
}
