import path from 'node:path';
import * as vscode from 'vscode';
import { promptPath } from '../../project/promptFiles.ts';
import type { Round } from '../../generation/promptSearch/round.ts';
import type { SearchOptions } from '../../generation/promptSearch/search.ts';
import { type Choice, askOne } from '../ask.ts';
import { askProvider } from '../generate/askProvider.ts';
import { askToSend } from '../generate/consent.ts';
import { showDestination } from '../sending/destinationStatus.ts';
import { type Confirm, createProvider } from '../generate/providers.ts';
import { offer } from '../offer.ts';
import { withProgress } from '../progress.ts';
import { openProject } from '../projects.ts';
import type { OpenProject } from '../../project/projectPlaces.ts';
import type { Services } from '../services.ts';
import { askTask, type PromptTask } from './askTask.ts';
import type { PromptViews } from './promptViews.ts';

type Picked = { readonly kind: 'keep' | 'vary'; readonly number: number } | { readonly kind: 'leave' };

const title = 'Find a Better Prompt';
const size = { candidates: 4, texts: 5, seed: 1 } as const;

/** `chartmark.findPrompt`: prompts that a language model proposes, tried side by side, until one is kept. */
export function registerFindPrompt(services: Services, views: PromptViews): vscode.Disposable {
  return services.commands.register('chartmark.findPrompt', async ({ answers, uri }) => {
    const place = await openProject(services.projects, uri);
    const task = answers?.task ?? (await askTask(`${title} (1/2)`, place.project));
    const file = promptPath(place.folder, place.project, task);
    const [{ keepChoice, searchFolder }, { mostRounds, readRounds }, { roundAsMarkdown }] = await Promise.all(
      [
        import('../../generation/promptSearch/keepChoice.ts'),
        import('../../generation/promptSearch/search.ts'),
        import('../../generation/promptSearch/describeRound.ts'),
      ],
    );
    const out = await searchFolder(path.dirname(file), task);
    let round = (await readRounds(out)).at(-1);
    let ready: Ready | undefined;
    let variantsOf: number | undefined;
    for (;;) {
      if (round === undefined || variantsOf !== undefined) {
        ready ??= await readyProvider(services, place, task);
        round = await nextRound({ ...size, ...ready, task, project: place.project, out }, variantsOf);
      }
      await views.show(`${title}, round ${round.round}.md`, roundAsMarkdown(round));
      const pick = await askPick(round, mostRounds);
      if (pick.kind === 'leave') return undefined;
      if (pick.kind === 'keep') {
        const { replaced } = await keepChoice({ task, out, round, number: pick.number, file });
        showKept(services, file, replaced);
        await vscode.window.showTextDocument(vscode.Uri.file(file));
        return file;
      }
      variantsOf = pick.number;
    }
  });
}

/** Who is asked, and what the whole search may cost. */
type Ready = Pick<SearchOptions, 'provider' | 'maxCostUsd'>;

async function readyProvider(services: Services, place: OpenProject, task: PromptTask): Promise<Ready> {
  const { project } = place;
  const kind = await askProvider(place, {
    title: `${title} (2/2)`,
    placeHolder: 'Which language model?',
    offline: false,
  });
  let { maxCostUsd } = project.generation;
  const confirm: Confirm = async (provider, countedBy) => {
    const [{ requirePrice }, { estimateRound }] = await Promise.all([
      import('../../llm/cost/requirePrice.ts'),
      import('../../generation/promptSearch/estimateRound.ts'),
    ]);
    requirePrice(provider, project.generation.prices, maxCostUsd);
    maxCostUsd = await askToSend(provider, {
      project,
      task,
      askedFor: `${size.candidates} prompts and ${size.texts} texts with each, up to three times`,
      estimate: estimateRound({ ...size, task, project, provider }),
      maxCostUsd,
      ...(countedBy === undefined ? {} : { countedBy }),
    });
  };
  const provider = await createProvider(services, { provider: kind }, project, confirm);
  return { provider, ...(maxCostUsd === undefined ? {} : { maxCostUsd }) };
}

async function nextRound(options: SearchOptions, variantsOf: number | undefined): Promise<Round> {
  const { runRound } = await import('../../generation/promptSearch/search.ts');
  const status = showDestination(options.provider.destination, options.provider.model);
  try {
    return await withProgress('Trying prompts', (signal, report) =>
      runRound(
        {
          ...options,
          ...(variantsOf === undefined ? {} : { variantsOf }),
        },
        { signal, onProgress: report },
      ),
    );
  } finally {
    status.dispose();
  }
}

async function askPick({ round, texts, candidates }: Round, mostRounds: number): Promise<Picked> {
  const usable = candidates.filter(({ template }) => template !== undefined);
  const choices = (verb: string, kind: 'keep' | 'vary'): readonly Choice<Picked>[] =>
    usable.map(({ number, idea, trial }) => ({
      label: `${verb} ${number}`,
      description: `${trial?.accepted ?? 0} of ${texts} texts passed`,
      detail: idea,
      value: { kind, number },
    }));
  return askOne<Picked>(`${title} (round ${round})`, 'The document shows what each prompt wrote.', [
    ...choices('Keep', 'keep'),
    ...(round < mostRounds ? choices('Try variants of', 'vary') : []),
    {
      label: 'Decide later',
      detail: 'What was found is kept; run the command again.',
      value: { kind: 'leave' },
    },
  ]);
}

function showKept({ log }: Services, file: string, replaced: string | undefined): void {
  const before =
    replaced === undefined ? '' : ` The one before is kept in ${vscode.workspace.asRelativePath(replaced)}.`;
  offer(log, 'info', `The prompt is saved in ${vscode.workspace.asRelativePath(file)}.${before}`, [
    { title: 'Preview Prompt', run: () => vscode.commands.executeCommand('chartmark.previewPrompt') },
    { title: 'Generate', run: () => vscode.commands.executeCommand('chartmark.generate') },
  ]);
}
