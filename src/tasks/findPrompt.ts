import path from 'node:path';
import { writeFileAtomic } from '../foundation/atomicFile.ts';
import { counted } from '../foundation/numbers.ts';
import { editableTemplate } from '../generation/prompt/promptDefaults.ts';
import { candidateOf, mostRounds, readRounds, type Round } from '../generation/promptSearch/round.ts';
import { estimateRound, runRound, type SearchHooks } from '../generation/promptSearch/search.ts';
import type { Project } from '../project/project.ts';
import { readTextIfThere } from '../foundation/readFiles.ts';
import { promptPath } from '../project/promptFiles.ts';
import { promptContents } from './generate.ts';
import { Disclosure, type SendingTask } from './sending/consent.ts';
import { IdentifierScan } from './sending/identifierScan.ts';
import type { ModelChoice } from './sending/modelChoice.ts';

/** A search for a better prompt, and its progress. */
export interface PromptSearch {
  readonly project: Project;
  readonly task: 'ner' | 're';
  /** The folder of the search. */
  readonly out: string;
  /** Where the project's own template is, or will be. */
  readonly file: string;
  /** The last round that was finished, if there is one. */
  readonly last: Round | undefined;
}

interface SearchPlace extends Pick<PromptSearch, 'project' | 'task'> {
  /** The folder of chartmark.json. */
  readonly folder: string;
  /** The folder of the search; if undefined, the first below the prompts folder in which no prompt was picked yet. */
  readonly out?: string | undefined;
}

const chosenFile = 'chosen.json';

/** Opens a search that was begun, or a new one. Writes nothing. Throws `UserError`. */
export async function openSearch({ project, folder, task, out: given }: SearchPlace): Promise<PromptSearch> {
  const file = promptPath(folder, project, task);
  const out = given ?? (await freeFolder(path.join(path.dirname(file), 'search'), task));
  return { project, task, out, file, last: (await readRounds(out)).at(-1) };
}

async function freeFolder(searches: string, task: 'ner' | 're'): Promise<string> {
  for (let number = 1; ; number++) {
    const folder = path.join(searches, number === 1 ? task : `${task}-${number}`);
    if ((await readTextIfThere(path.join(folder, chosenFile))) === undefined) return folder;
  }
}

interface RoundInput {
  readonly model: ModelChoice;
  /** Prompts that are requested. */
  readonly candidates: number;
  /** Texts that are requested with each. */
  readonly texts: number;
  readonly seed: number;
  /** In a round after the first: the prompt of the last round whose variants are requested. */
  readonly variantsOf?: number | undefined;
  /** The limit of the whole search, in USD; it takes precedence over the project's limit. */
  readonly maxCostUsd?: number | undefined;
}

/**
 * Prepares the next round of a search. Writes and sends nothing. Each round needs a separate consent. Throws `UserError`,
 * also if this round is not possible.
 */
export async function prepareRound(
  { project, task, out, last }: PromptSearch,
  { model, candidates, texts, seed, variantsOf, maxCostUsd: limit }: RoundInput,
): Promise<SendingTask<'find-prompt', Round, SearchHooks>> {
  const { info, measure } = model;
  const options = { task, project, candidates, texts, seed, variantsOf };
  const { estimate, next } = estimateRound({ ...options, provider: info }, last);
  const disclosure = new Disclosure({
    task: 'find-prompt',
    model: info,
    wanted:
      `${counted(candidates, 'prompt')} and ${counted(texts, 'text')} with each ` +
      `(round ${(last?.round ?? 0) + 1} of at most ${mostRounds})`,
    sends: 'prompts',
    sent: [
      promptContents,
      ...(last === undefined || variantsOf === undefined
        ? []
        : [`Also sent: how many texts with prompt ${variantsOf} were accepted.`]),
      'You agree to this round only. Chartmark asks again before the next one.',
    ].join(' '),
    estimate,
    mayGrow: '',
    maxCostUsd: limit ?? project.generation.maxCostUsd,
    prices: project.generation.prices,
    identifiers: IdentifierScan.ofPrompt(project, { template: task }),
    notes: measure === undefined ? [] : [await measure(next.request.messages)],
  });
  return {
    disclosure,
    start: async (consent, hooks) => {
      consent.require(disclosure);
      const { maxCostUsd } = consent;
      return runRound({ ...options, provider: await model.connect(), out, maxCostUsd }, hooks);
    },
  };
}

/**
 * Makes a prompt of a round the project's template. A template that was there before is kept in the search's folder, as
 * `replaced`. Sends nothing. Throws `UserError`.
 */
export async function keepPrompt(
  { task, out, file }: PromptSearch,
  round: Round,
  number: number,
): Promise<{ readonly replaced?: string }> {
  const { template, idea } = candidateOf(round, number);
  const before = await readTextIfThere(file);
  const replaced = path.join(out, `replaced-${task}.md`);
  if (before !== undefined) await writeFileAtomic(replaced, before);
  const text = template.startsWith('<!--')
    ? template
    : editableTemplate(task, template, `Found by a search (round ${round.round}, ${number}): ${idea}`);
  await writeFileAtomic(file, text);
  const chosen = { round: round.round, number, idea };
  await writeFileAtomic(path.join(out, chosenFile), `${JSON.stringify(chosen, null, 2)}\n`);
  return before === undefined ? {} : { replaced };
}
