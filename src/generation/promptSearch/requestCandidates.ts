import type { TokenPrice } from '../../llm/cost/prices.ts';
import { requestRandom } from '../../foundation/random.ts';
import { refusalDetails } from '../../llm/refusalDetails.ts';
import { sendInTurn } from '../../runs/sendRecorded.ts';
import { type MeasuredRequest, measureRequest } from '../../llm/cost/measureRequest.ts';
import { digest } from '../../foundation/digest.ts';
import { UserError } from '../../foundation/userError.ts';
import type { Project } from '../../project/project.ts';
import { createAccount } from '../../llm/cost/account.ts';
import { requirePrice } from '../../llm/cost/requirePrice.ts';
import type { CompletionReply, Provider } from '../../llm/provider.ts';
import { openRunFolder } from '../../runs/runFolder.ts';
import { createSender } from '../../llm/sending/sender.ts';
import { sendingOptions } from '../../llm/sending/sendingOptions.ts';
import {
  candidateMessages,
  candidateSchema,
  parseCandidates,
  type ParsedCandidate,
} from './candidateRequest.ts';

export interface CandidateOptions {
  readonly task: 'ner' | 're';
  readonly project: Project;
  readonly provider: Provider;
  /** A folder of its own: what was asked and answered is kept there. */
  readonly out: string;
  readonly subject: string;
  readonly base: string;
  readonly baseResult?: string;
  readonly candidates: number;
  readonly maxCostUsd?: number;
}

/** Of a template with its idea: the built-in ones have 300 to 450. */
const expectedTokensPerTemplate = 500;
const roomPerTemplate = 1500;

/** The request for candidates, counted. */
export function composeCandidateRequest(
  { project, candidates, ...wish }: Omit<CandidateOptions, 'provider' | 'out' | 'maxCostUsd'>,
  price: TokenPrice | undefined,
): MeasuredRequest {
  const messages = candidateMessages({ ...wish, count: candidates });
  const maxTokens = project.generation.maxOutputTokens ?? 512 + candidates * roomPerTemplate;
  return measureRequest(
    { index: 0, messages, replySchema: candidateSchema, maxTokens },
    { expected: candidates * expectedTokensPerTemplate, price },
  );
}

/**
 * Asks a language model for templates, in one request that is on disk before it is sent; a reply that is on
 * disk is not asked for again. Throws `UserError` (also when none can be used) or `CancelledError`.
 */
export async function askForCandidates(
  options: CandidateOptions,
  signal?: AbortSignal,
): Promise<{ readonly candidates: readonly ParsedCandidate[]; readonly costUsd: number | undefined }> {
  const { task, project, provider, out, maxCostUsd } = options;
  const price = requirePrice(provider, project.generation.prices, maxCostUsd);
  const composed = composeCandidateRequest(options, price);
  const settings = { task, provider: provider.name, model: provider.model, prompt: composed.promptHash };
  const run = `prompts-${digest(settings).slice(0, 8)}`;
  const folder = await openRunFolder(out, { run, ...settings }, { resume: true, price });
  try {
    const account = createAccount(folder.state.usage, price, maxCostUsd);
    const known: CompletionReply | undefined = folder.state.pending[0]?.reply;
    const spec = (): Promise<CompletionReply> => {
      const cancel = signal ?? new AbortController().signal;
      const sending = sendingOptions(provider, project.generation);
      return sendInTurn(
        { index: 0, record: { style: '', texts: 0, negatives: 0, seeds: [] }, composed },
        {
          run,
          folder,
          account,
          sender: createSender(provider, sending, requestRandom(0, 0)),
          price,
          cancel,
          stop: cancel,
          onTrouble: () => undefined,
        },
      );
    };
    const reply = known ?? (await spec());
    const { costUsd, unansweredUsd } = account.usage;
    return {
      candidates: readCandidates(reply, options),
      costUsd: price === undefined ? undefined : costUsd + unansweredUsd,
    };
  } finally {
    await folder.close();
  }
}

function readCandidates(
  reply: CompletionReply,
  { task, candidates, out }: CandidateOptions,
): readonly ParsedCandidate[] {
  const found = reply.refused === undefined ? parseCandidates(reply.text, task, candidates) : [];
  if (found.some((candidate) => 'template' in candidate)) return found;
  const why = reply.refused === undefined ? 'no template in it can be used' : refusalDetails[reply.refused];
  throw new UserError(`The model was asked for prompt templates: ${why}.`, {
    place: { file: out },
    nextStep: 'Try another model in another folder; the reply is kept in this one.',
  });
}
