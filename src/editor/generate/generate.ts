import { readdir } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../foundation/userError.ts';
import type { GenerateProgress, GenerateResult } from '../../synthesis/generate.ts';
import { askOne, askText } from '../ask.ts';
import { readArgument } from '../commandArgument.ts';
import { registerCommand } from '../commandRunner.ts';
import { offer } from '../offer.ts';
import { withProgress } from '../progress.ts';
import { openProject, type OpenProject } from '../projects.ts';
import type { Services } from '../services.ts';
import { endpointOf } from './endpoint.ts';
import { createProvider, type ProviderKind } from './providers.ts';
import { runName } from './runName.ts';

interface GenerateAnswers {
  readonly provider: ProviderKind;
  readonly task: 'ner' | 're';
  readonly count: number;
  readonly seed: number;
}

const title = 'Generate Synthetic Notes';
const mostTexts = 1_000_000;

/** `chartmark.generate`: labelled synthetic notes into a new run folder. */
export function registerGenerate(services: Services): vscode.Disposable {
  return registerCommand(services, 'chartmark.generate', async (argument) => {
    const place = await openProject(services.projects);
    const { answers } = readArgument<GenerateAnswers>(argument);
    const plan = answers === undefined ? await askPlan(place) : withDefaults(answers, place);
    // The provider asks for consent and a key before anything is written or sent.
    const provider = await createProvider(services, plan, place.project);
    const taken = new Set(await readdir(place.synthetic).catch(() => []));
    const out = path.join(place.synthetic, runName(new Date(), plan.provider, taken));
    const { generate } = await import('../../synthesis/generate.ts');
    const result = await withProgress('Generating synthetic notes', (signal, report) =>
      generate(
        { ...plan, provider, project: place.project, out },
        { signal, onProgress: (progress) => report(progressText(progress), progress.accepted / plan.count) },
      ),
    );
    showResult(services, result);
    return result;
  });
}

function withDefaults(answers: Partial<GenerateAnswers>, { project }: OpenProject): GenerateAnswers {
  const { provider, count } = project.generation;
  return { provider, task: 'ner', count, seed: project.training.seed ?? 1, ...answers };
}

async function askPlan(place: OpenProject): Promise<GenerateAnswers> {
  const defaults = withDefaults({}, place);
  const { host, model } = endpointOf(place.project);
  const offline = {
    label: 'Offline',
    description: 'no key, no network',
    detail: 'Written from templates and an open lexicon. Made in seconds; good for a first model.',
    value: 'offline' as const,
  };
  const openai = {
    label: 'OpenAI-compatible endpoint',
    description: `${model} at ${host}`,
    detail: 'Written by a language model. Prompts are sent after you agree; no text of this workspace is.',
    value: 'openai' as const,
  };
  const provider = await askOne(
    `${title} (1/2)`,
    'Who writes the notes?',
    defaults.provider === 'openai' ? [openai, offline] : [offline, openai],
  );
  const count = await askText({
    title: `${title} (2/2)`,
    prompt: 'How many notes? A few hundred already train a model; more train a better one.',
    value: String(defaults.count),
    check: (text) =>
      isCount(text)
        ? undefined
        : { severity: 'error', message: `A whole number from 1 to ${mostTexts} is needed.` },
  });
  if (!isCount(count))
    throw new UserError('The number of notes is none.', { nextStep: 'Give a whole number.' });
  return { ...defaults, provider, count: Number(count) };
}

function isCount(text: string): boolean {
  return /^\s*\d+\s*$/.test(text) && Number(text) >= 1 && Number(text) <= mostTexts;
}

function progressText({ accepted, rejected, wanted }: GenerateProgress): string {
  return `${accepted} of ${wanted} accepted, ${rejected} rejected`;
}

function showResult({ log }: Services, { folder, accepted, rejected }: GenerateResult): void {
  const file = vscode.Uri.file(path.join(folder, 'accepted.jsonl'));
  const message = `${accepted} notes accepted, ${rejected} rejected. Saved in ${vscode.workspace.asRelativePath(folder)}.`;
  offer(log, 'info', message, [
    { title: 'Show Notes', run: () => vscode.commands.executeCommand('chartmark.openAsBio', file) },
    { title: 'Train on Them', run: () => vscode.commands.executeCommand('chartmark.train') },
  ]);
}
