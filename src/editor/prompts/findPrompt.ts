import * as vscode from 'vscode';
import { counted } from '../../foundation/numbers.ts';
import type { Round } from '../../generation/promptSearch/round.ts';
import type { PromptSearch } from '../../tasks/findPrompt.ts';
import type { ModelChoice } from '../../tasks/sending/modelChoice.ts';
import { askOne, type Choice } from '../ask.ts';
import { askProvider } from '../generate/askProvider.ts';
import { offer } from '../offer.ts';
import { withProgress } from '../progress.ts';
import type { OpenProject } from '../../project/projectPlaces.ts';
import { openProject } from '../projects.ts';
import { askConsent } from '../sending/askConsent.ts';
import { chooseModel } from '../sending/chooseModel.ts';
import { showDestination } from '../sending/destinationStatus.ts';
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
    const { folder, project } = place;
    const task = answers?.task ?? (await askTask(`${title} (1/2)`, project));
    const { openSearch } = await import('../../tasks/findPrompt.ts');
    return findPrompt(services, views, { place, search: await openSearch({ project, folder, task }) });
  });
}

/** How far a search is in the editor. */
interface Session {
  readonly place: OpenProject;
  readonly search: PromptSearch;
  /** Chosen before the first round that is sent. */
  readonly model?: ModelChoice;
  /** The limit to which the user agreed, in USD. */
  readonly maxCostUsd?: number | undefined;
}

/**
 * Runs a round if there is none or variants of a prompt are wanted, shows it, and asks what to do with it. Gives the
 * file of the prompt that is kept, if one is.
 */
async function findPrompt(
  services: Services,
  views: PromptViews,
  before: Session,
  variantsOf?: number,
): Promise<string | undefined> {
  const [{ roundAsMarkdown }, { mostRounds }, { keepPrompt }] = await Promise.all([
    import('../../generation/promptSearch/describeRound.ts'),
    import('../../generation/promptSearch/round.ts'),
    import('../../tasks/findPrompt.ts'),
  ]);
  const { last } = before.search;
  const { round, ...session } =
    last !== undefined && variantsOf === undefined
      ? { ...before, round: last }
      : await sendRound(services, before, variantsOf);
  await views.show(`${title}, round ${round.round}.md`, roundAsMarkdown(round));
  const pick = await askPick(round, mostRounds);
  if (pick.kind === 'leave') return undefined;
  const search = { ...session.search, last: round };
  if (pick.kind === 'vary') return findPrompt(services, views, { ...session, search }, pick.number);
  const { replaced } = await keepPrompt(search, round, pick.number);
  showKept(services, search, replaced);
  await vscode.window.showTextDocument(vscode.Uri.file(search.file));
  return search.file;
}

/** Sends a round after the user has agreed to it. */
async function sendRound(
  services: Services,
  { place, search, maxCostUsd, ...session }: Session,
  variantsOf: number | undefined,
): Promise<Session & { readonly round: Round }> {
  const { prepareRound } = await import('../../tasks/findPrompt.ts');
  const model = session.model ?? (await askModel(services, place));
  const { disclosure, start } = await prepareRound(search, { ...size, model, variantsOf, maxCostUsd });
  const consent = await askConsent(disclosure);
  const status = showDestination(disclosure.model.destination, disclosure.model.model);
  const round = await withProgress('Trying prompts', (signal, report) =>
    start(consent, { signal, onProgress: report }),
  ).finally(() => status.dispose());
  return { place, search, model, maxCostUsd: consent.maxCostUsd, round };
}

async function askModel(services: Services, place: OpenProject): Promise<ModelChoice> {
  const question = { title: `${title} (2/2)`, placeHolder: 'Which language model?', offline: false } as const;
  return chooseModel(services, await askProvider(place, question), place);
}

async function askPick({ round, texts, candidates }: Round, mostRounds: number): Promise<Picked> {
  const usable = candidates.filter(({ template }) => template !== undefined);
  const choices = (verb: string, kind: 'keep' | 'vary'): readonly Choice<Picked>[] =>
    usable.map(({ number, idea, trial }) => ({
      label: `${verb} ${number}`,
      description: `${trial?.accepted ?? 0} of ${counted(texts, 'text')} accepted`,
      detail: idea,
      value: { kind, number },
    }));
  return askOne<Picked>(`${title} (round ${round})`, 'The document shows the texts of each prompt.', [
    ...choices('Keep', 'keep'),
    ...(round < mostRounds ? choices('Try variants of', 'vary') : []),
    {
      label: 'Decide later',
      detail: 'The rounds so far are kept. Run the command again to continue.',
      value: { kind: 'leave' },
    },
  ]);
}

function showKept(
  { log, commands }: Services,
  { file, task }: { readonly file: string; readonly task: PromptTask },
  replaced: string | undefined,
): void {
  const before =
    replaced === undefined ? '' : ` The previous version is in ${vscode.workspace.asRelativePath(replaced)}.`;
  offer(log, 'info', `The prompt was saved in ${vscode.workspace.asRelativePath(file)}.${before}`, [
    { title: 'Preview Prompt', run: () => commands.start('chartmark.previewPrompt', { task }) },
    { title: 'Generate', run: () => commands.start('chartmark.generate') },
  ]);
}
