import * as vscode from 'vscode';
import { counted } from '../../foundation/numbers.ts';
import type { Project } from '../../project/project.ts';
import type { Estimate } from '../../llm/cost/estimate.ts';
import type { ModelInfo } from '../../llm/provider.ts';
import { askSending, hostLine } from './askSending.ts';
import { countTokens } from '../sending/languageModelProvider.ts';

interface Sending {
  readonly project: Project;
  readonly task: 'ner' | 're';
  /** What is asked for, in words. */
  readonly askedFor: string;
  readonly estimate: Estimate;
  readonly maxCostUsd: number | undefined;
  /** The model that counts the first prompt of the run itself. */
  readonly countedBy?: vscode.LanguageModelChat;
}

/** What every prompt of a run may hold. */
export const promptContents =
  'Sent: the prompt template (of the prompts folder, if it has one), and the definitions, guidelines, examples, ' +
  'counter-examples, styles and seed names of the project. No other text of this workspace.';

/**
 * Asks whether requests may be sent, and says where, how many and what is in them. Gives the limit of cost that was
 * agreed to, in USD. Throws `CancelledError`.
 */
export async function askToSend(provider: ModelInfo, sending: Sending): Promise<number | undefined> {
  const { askedFor, estimate, maxCostUsd, countedBy } = sending;
  const { destination, model } = provider;
  const { describeEstimate } = await import('../../llm/cost/describeEstimate.ts');
  return askSending({
    message: `Send about ${counted(estimate.requests, 'request')} to ${destination.host}?`,
    lines: [
      hostLine(provider),
      `Model: ${model}`,
      `Asked for: ${askedFor}`,
      ...describeEstimate(estimate, provider),
      ...(countedBy === undefined ? [] : [await countedLine(countedBy, sending)]),
      ...(await identifierLines(sending)),
    ],
    sent: promptContents,
    estimate,
    maxCostUsd,
  });
}

/** What in the prompt looks like an identifier of a person: whoever agrees has been told. */
async function identifierLines({ project, task }: Sending): Promise<readonly string[]> {
  const { findPromptIdentifiers } = await import('../../generation/prompt/promptIdentifiers.ts');
  const found = findPromptIdentifiers(project, task);
  if (found.length === 0) return [];
  const places = found
    .slice(0, 5)
    .map(({ place, kind }) => `${vscode.workspace.asRelativePath(place)} (${kind})`);
  const more = found.length > places.length ? ` and ${found.length - places.length} more` : '';
  return [
    '',
    `LOOK AGAIN: the prompt holds what looks like identifiers of persons: ${places.join(', ')}${more}.`,
  ];
}

async function countedLine(model: vscode.LanguageModelChat, { project, task }: Sending): Promise<string> {
  const [{ planRun }, { previewRequest }] = await Promise.all([
    import('../../generation/plan/planRun.ts'),
    import('../../generation/prompt/promptPreview.ts'),
  ]);
  const { request } = previewRequest(planRun({ task, project, count: project.generation.count, seed: 1 }), 0);
  const tokens = await countTokens(model, request.messages);
  return (
    `${model.name} counts ${counted(tokens, 'token')} in a prompt. Each request counts against the quota that you ` +
    `have with ${model.vendor}.`
  );
}
