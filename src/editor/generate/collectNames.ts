import path from 'node:path';
import * as vscode from 'vscode';
import { mentionTypes } from '../../project/project.ts';
import type { CollectedTopics } from '../../generation/topics/collectTopics.ts';
import { askOne, askSome, askText, isCount } from '../ask.ts';
import { offer } from '../offer.ts';
import { withProgress } from '../progress.ts';
import { openProject } from '../projects.ts';
import type { OpenProject } from '../../project/projectPlaces.ts';
import type { Services } from '../services.ts';
import { showFailure } from '../showFailure.ts';
import { askSending, hostLine } from './askSending.ts';
import { showDestination } from '../sending/destinationStatus.ts';
import { endpointOf } from '../sending/endpoint.ts';
import { createProvider } from './providers.ts';
import { putNamesIntoProject } from './putNames.ts';

interface Wish {
  readonly from: 'lexicon' | 'openai' | 'editor';
  /** Names of entity types; all that are tagged by default. */
  readonly types: readonly string[];
  /** Names wanted of each type. */
  readonly count: number;
}

const title = 'Collect Topics';
const mostNames = 5000;

/**
 * `chartmark.collectTopics`: names to write about, from the shipped lexicon or a language model, in an unsaved document
 * that can be put into chartmark.json. Sends none of the user's texts.
 */
export function registerCollectNames(services: Services): vscode.Disposable {
  return services.commands.register('chartmark.collectTopics', async ({ answers }) => {
    const place = await openProject(services.projects);
    const { project, folder } = place;
    const all = mentionTypes(project).map(({ name }) => name);
    const usual: Wish = { from: 'lexicon', types: all, count: 200 };
    const wish = answers === undefined ? await askWish(place, usual) : { ...usual, ...answers };
    const { seeds, failure } = await collect(services, place, wish);
    if (failure !== undefined && Object.values(seeds).flat().length === 0) throw failure;
    const document = await vscode.workspace.openTextDocument({
      language: 'json',
      content: `${JSON.stringify({ topics: seeds }, undefined, 2)}\n`,
    });
    await vscode.window.showTextDocument(document);
    const put = async (): Promise<void> => {
      try {
        await putNamesIntoProject(document, folder);
      } catch (error) {
        showFailure(services.log, 'chartmark.collectTopics', error);
      }
    };
    const counts = Object.entries(seeds).map(([type, names]) => `${names.length} ${type}`);
    offer(services.log, 'info', `Names collected: ${counts.join(', ')}. Strike out what does not fit.`, [
      { title: 'Put into chartmark.json', run: put },
    ]);
    // What came before it ended is there to be used; asked for once more, it goes on from there.
    if (failure !== undefined) throw failure;
    return { seeds, document: document.uri };
  });
}

async function askWish({ project }: OpenProject, { types, count }: Wish): Promise<Wish> {
  const steps = types.length > 1 ? 3 : 2;
  const { host, model } = endpointOf(project);
  const from = await askOne<Wish['from']>(`${title} (1/${steps})`, 'Where shall the names come from?', [
    {
      label: 'Shipped lexicon',
      description: 'no key, no network',
      detail: 'Common and rare names in turn, of diseases, chemicals, procedures and genes.',
      value: 'lexicon',
    },
    {
      label: 'OpenAI-compatible endpoint',
      description: `${model} at ${host}`,
      detail: "Asked for one part of a type's field after the other, a third of the names rare.",
      value: 'openai',
    },
    {
      label: 'Language model of the editor',
      description: 'from an extension, such as GitHub Copilot',
      detail: 'Asked in the same way; counts against your quota there.',
      value: 'editor',
    },
  ]);
  const chosen =
    types.length > 1
      ? await askSome(
          `${title} (2/${steps})`,
          'Names of which types?',
          types.map((type) => ({ label: type, picked: true, value: type })),
        )
      : types;
  const wanted = await askText({
    title: `${title} (${steps}/${steps})`,
    prompt: 'How many names of each type?',
    value: String(count),
    check: (text) =>
      isCount(text, mostNames)
        ? undefined
        : { severity: 'error', message: `A whole number from 1 to ${mostNames} is needed.` },
  });
  return { from, types: chosen, count: Number(wanted) };
}

async function collect(
  services: Services,
  { project, folder }: OpenProject,
  { from, types, count }: Wish,
): Promise<CollectedTopics> {
  if (from === 'lexicon') {
    const { lexiconNames } = await import('../../generation/topics/chosenTopics.ts');
    return { seeds: await lexiconNames(project, { types, count, seed: 1 }, services.resources.fsPath) };
  }
  const [{ collectTopics }, { estimateTopics }, { requirePrice }, { describeEstimate }] = await Promise.all([
    import('../../generation/topics/collectTopics.ts'),
    import('../../generation/topics/estimateTopics.ts'),
    import('../../llm/cost/requirePrice.ts'),
    import('../../llm/cost/describeEstimate.ts'),
  ]);
  const asked = project.entityTypes.filter(({ name }) => types.includes(name));
  const wanted = { project, types: asked, count, out: path.join(folder, 'seeds') };
  let { maxCostUsd } = project.generation;
  const provider = await createProvider(services, { provider: from }, project, async (candidate) => {
    const { host } = candidate.destination;
    requirePrice(candidate, project.generation.prices, maxCostUsd);
    const estimate = await estimateTopics({ ...wanted, provider: candidate });
    maxCostUsd = await askSending({
      message: `Send about ${estimate.requests} requests to ${host}?`,
      lines: [
        hostLine(candidate),
        `Model: ${candidate.model}`,
        `Asked for: ${count} names of each of ${types.join(', ')}`,
        ...describeEstimate(estimate, candidate, '; more if names come twice'),
      ],
      sent: "Sent: each type's definition, guideline, examples and counter-examples, the project's names of it and those the model has given. No text of this workspace.",
      estimate,
      maxCostUsd,
    });
  });
  const status = showDestination(provider.destination, provider.model);
  try {
    return await withProgress('Collecting names', (signal, report) =>
      collectTopics(
        { ...wanted, provider, ...(maxCostUsd === undefined ? {} : { maxCostUsd }) },
        {
          signal,
          onProgress: ({ type, names }) => report(`${names} of ${count} ${type}`, share(type, names)),
        },
      ),
    );
  } finally {
    status.dispose();
  }

  function share(type: string, names: number): number {
    return (asked.findIndex(({ name }) => name === type) + names / count) / asked.length;
  }
}
