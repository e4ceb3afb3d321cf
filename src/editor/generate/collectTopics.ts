import * as vscode from 'vscode';
import type { CollectedTopics } from '../../generation/topics/requestTopics.ts';
import { mentionTypes } from '../../project/project.ts';
import { askOne, askSome, askText, isCount } from '../ask.ts';
import { offer } from '../offer.ts';
import { withProgress } from '../progress.ts';
import type { OpenProject } from '../../project/projectPlaces.ts';
import { openProject } from '../projects.ts';
import { askConsent } from '../sending/askConsent.ts';
import { chooseModel, type ModelKind } from '../sending/chooseModel.ts';
import { showDestination } from '../sending/destinationStatus.ts';
import { endpointOf } from '../sending/endpoint.ts';
import type { Services } from '../services.ts';
import { addTopics } from './addTopics.ts';

interface Wish {
  readonly from: 'lexicon' | ModelKind;
  /** Names of entity types. */
  readonly types: readonly string[];
  /** Topics wanted for each type. */
  readonly count: number;
}

const title = 'Collect Topics';
const mostTopics = 5000;

/**
 * `chartmark.collectTopics`: topics from the shipped lexicon or a language model, in an unsaved document from which they
 * can be added to chartmark.json. The user's texts are not sent.
 */
export function registerCollectTopics(services: Services): vscode.Disposable {
  return services.commands.register('chartmark.collectTopics', async ({ answers }) => {
    const place = await openProject(services.projects);
    const types = mentionTypes(place.project).map(({ name }) => name);
    const usual: Wish = { from: 'lexicon', types, count: 200 };
    const wish = answers === undefined ? await askWish(place, usual) : { ...usual, ...answers };
    const { topics, failure } = await collect(services, place, wish);
    if (failure !== undefined && Object.values(topics).flat().length === 0) throw failure;
    const document = await vscode.workspace.openTextDocument({
      language: 'json',
      content: `${JSON.stringify({ topics }, undefined, 2)}\n`,
    });
    await vscode.window.showTextDocument(document);
    const counts = Object.entries(topics).map(([type, { length }]) => `${type} ${length}`);
    offer(services.log, 'info', `Topics collected: ${counts.join(', ')}. Delete those that do not fit.`, [
      {
        title: 'Add to chartmark.json',
        run: () =>
          services.commands.guard('chartmark.collectTopics', () => addTopics(document, place.folder)),
      },
    ]);
    // The topics that came before it stopped can be used. The same command again continues from there.
    if (failure !== undefined) throw failure;
    return { topics, document: document.uri };
  });
}

async function askWish({ project }: OpenProject, { types, count }: Wish): Promise<Wish> {
  const steps = types.length > 1 ? 3 : 2;
  const { host, model } = endpointOf(project);
  const from = await askOne<Wish['from']>(`${title} (1/${steps})`, 'Where should the topics come from?', [
    {
      label: 'Shipped lexicon',
      description: 'no key, no network',
      detail: 'Diseases, chemicals, procedures and genes. Common and rare names alternate.',
      value: 'lexicon',
    },
    {
      label: 'OpenAI-compatible endpoint',
      description: `${model} at ${host}`,
      detail: 'Requested for one subfield after another. One third of the names are rare.',
      value: 'openai',
    },
    {
      label: 'Language model of the editor',
      description: 'from an extension, such as GitHub Copilot',
      detail: 'Requested in the same way. The requests count against your quota there.',
      value: 'editor',
    },
  ]);
  const chosen =
    types.length > 1
      ? await askSome(
          `${title} (2/${steps})`,
          'Topics for which types?',
          types.map((type) => ({ label: type, picked: true, value: type })),
        )
      : types;
  const wanted = await askText({
    title: `${title} (${steps}/${steps})`,
    prompt: 'How many topics for each type?',
    value: String(count),
    check: (text) =>
      isCount(text, mostTopics)
        ? undefined
        : { severity: 'error', message: `Enter a whole number from 1 to ${mostTopics}.` },
  });
  return { from, types: chosen, count: Number(wanted) };
}

async function collect(
  services: Services,
  { project, folder }: OpenProject,
  { from, types: names, count }: Wish,
): Promise<CollectedTopics> {
  const [{ prepareCollectTopics, typesToCollect }, { topicsFromLexicon }] = await Promise.all([
    import('../../tasks/collectTopics.ts'),
    import('../../generation/topics/chosenTopics.ts'),
  ]);
  const types = typesToCollect(project, names);
  if (from === 'lexicon') {
    const wanted = { types: names, count, seed: 1 };
    return { topics: await topicsFromLexicon(project, wanted, services.resources.fsPath) };
  }
  const model = await chooseModel(services, from, { project });
  const { disclosure, start } = await prepareCollectTopics({ project, folder, types, count, model });
  const consent = await askConsent(disclosure);
  const status = showDestination(disclosure.model.destination, disclosure.model.model);
  const share = (type: string, topics: number): number =>
    (types.findIndex(({ name }) => name === type) + topics / count) / types.length;
  return withProgress('Collecting topics', (signal, report) =>
    start(consent, {
      signal,
      onProgress: ({ type, topics }) =>
        report(`${topics} of ${count} topics for ${type}`, share(type, topics)),
    }),
  ).finally(() => status.dispose());
}
