import { digest } from '../../foundation/digest.ts';
import { requestRandom } from '../../foundation/random.ts';
import { UserError } from '../../foundation/userError.ts';
import { createAccount } from '../../llm/cost/account.ts';
import { type MeasuredRequest, measureRequest } from '../../llm/cost/measureRequest.ts';
import type { TokenPrice } from '../../llm/cost/prices.ts';
import { requirePrice } from '../../llm/cost/requirePrice.ts';
import type { CompletionReply, Provider } from '../../llm/provider.ts';
import { refusalDetails } from '../../llm/refusalDetails.ts';
import { answerIn } from '../../llm/reply/answer/answerIn.ts';
import { whyUnreadable } from '../../llm/reply/unreadable.ts';
import { createSender } from '../../llm/sending/sender.ts';
import { sendingOptions } from '../../llm/sending/sendingOptions.ts';
import type { Project } from '../../project/project.ts';
import { openRunFolder } from '../../runs/runFolder.ts';
import { sendInTurn } from '../../runs/sendRecorded.ts';
import {
  candidateMessages,
  candidateSchema,
  type CandidateSpec,
  parseCandidates,
  type ParsedCandidate,
} from './candidateRequest.ts';

interface CandidateOptions {
  readonly project: Project;
  readonly provider: Provider;
  /** The folder for this request and its reply. */
  readonly out: string;
  readonly maxCostUsd?: number;
}

/** For a template with its idea: the built-in ones have 300 to 450. */
const expectedTokensPerTemplate = 500;
const mostTokensPerTemplate = 1500;

/** The request for candidates, and what it may take. */
export function composeCandidateRequest(
  spec: CandidateSpec,
  { generation }: Pick<Project, 'generation'>,
  price: TokenPrice | undefined,
): MeasuredRequest {
  const maxTokens = generation.maxOutputTokens ?? 512 + spec.count * mostTokensPerTemplate;
  return measureRequest(
    { index: 0, messages: candidateMessages(spec), replySchema: candidateSchema, maxTokens },
    { expected: spec.count * expectedTokensPerTemplate, price },
  );
}

/**
 * Requests templates from a language model, all at once. The request is on disk before it is sent, and a reply that is
 * on disk is not requested again. Throws `UserError`, also if no template can be used, or `CancelledError`.
 */
export async function requestCandidates(
  spec: CandidateSpec,
  { project, provider, out, maxCostUsd }: CandidateOptions,
  signal = new AbortController().signal,
): Promise<{ readonly candidates: readonly ParsedCandidate[]; readonly costUsd: number | undefined }> {
  const price = requirePrice(provider, project.generation.prices, maxCostUsd);
  const composed = composeCandidateRequest(spec, project, price);
  const { name, model } = provider;
  const settings = { task: spec.task, provider: name, model, prompt: composed.promptHash };
  const run = `prompts-${digest(settings).slice(0, 8)}`;
  const folder = await openRunFolder(out, { run, ...settings }, { resume: true, price });
  try {
    const account = createAccount(folder.state.usage, price, maxCostUsd);
    const sending = sendingOptions(provider, project.generation);
    const known: CompletionReply | undefined = folder.state.pending[0]?.reply;
    const reply =
      known ??
      (await sendInTurn(
        { index: 0, record: { style: '', texts: 0, negatives: 0, seeds: [] }, composed },
        {
          run,
          folder,
          account,
          sender: createSender(provider, sending, requestRandom(0, 0)),
          price,
          cancel: signal,
          stop: signal,
          onTrouble: () => undefined,
        },
      ));
    const { costUsd, unansweredUsd } = account.usage;
    return {
      candidates: readCandidates(reply, spec, out),
      costUsd: price === undefined ? undefined : costUsd + unansweredUsd,
    };
  } finally {
    await folder.close();
  }
}

function readCandidates(
  reply: CompletionReply,
  { task, count }: CandidateSpec,
  file: string,
): readonly ParsedCandidate[] {
  const { refused, text } = reply;
  const found = refused === undefined ? parseCandidates(text, task, count) : [];
  if (found.some((candidate) => 'template' in candidate)) return found;
  const unread = answerIn(text) === '' ? whyUnreadable(reply).detail : 'no template in its reply can be used';
  const why = refused === undefined ? unread : refusalDetails[refused];
  throw new UserError(`The model gave no prompt template: ${why}.`, {
    place: { file },
    nextStep: 'Try another model in another folder; the reply is kept in this one.',
  });
}
