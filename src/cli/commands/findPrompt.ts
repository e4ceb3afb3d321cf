import path from 'node:path';
import { type Command, Option } from 'commander';
import { UserError } from '../../foundation/userError.ts';
import { loadProject } from '../../project/parseProject.ts';
import { promptPath } from '../../project/promptFiles.ts';
import type { Project } from '../../project/project.ts';
import { describeEstimate } from '../../llm/cost/describeEstimate.ts';
import { dollars } from '../../llm/cost/dollars.ts';
import { describeDestination } from '../../llm/destination.ts';
import { requirePrice } from '../../llm/cost/requirePrice.ts';
import { roundAsText } from '../../generation/promptSearch/describeRound.ts';
import { estimateRound } from '../../generation/promptSearch/estimateRound.ts';
import { keepChoice, searchFolder } from '../../generation/promptSearch/keepChoice.ts';
import type { Round } from '../../generation/promptSearch/round.ts';
import { mostRounds, readRounds, runRound } from '../../generation/promptSearch/search.ts';
import { addHostConsent, agreeToHost } from '../consent.ts';
import { type CliContext, shownPath } from '../context.ts';
import { positiveNumber, wholeNumber } from '../options.ts';
import { progressBar } from '../progressBar.ts';
import { allowIdentifiersText, scanPrompt } from '../promptScan.ts';
import { createProvider, keyVariable } from '../provider.ts';

interface Options {
  readonly task: 'ner' | 're';
  readonly baseUrl?: string;
  readonly model?: string;
  readonly candidates: number;
  readonly texts: number;
  readonly seed: number;
  readonly maxCost?: number;
  readonly yes?: boolean;
  readonly allowIdentifiers?: boolean;
  readonly out?: string;
  readonly pick?: number;
  readonly variants?: number;
  readonly project: string;
  readonly json?: boolean;
}

/** `chartmark find-prompt --task T [--pick N | --variants N]`. */
export function registerFindPrompt(program: Command, context: CliContext): void {
  const command = program
    .command('find-prompt')
    .description(
      "Let a language model propose prompts, try each on a few texts, and keep the one you pick. Sends none of your notes, but the prompt template and chartmark.json's definitions, guidelines, examples and counter-examples.",
    )
    .addOption(new Option('--task <task>', 'entities or relations').choices(['ner', 're']).default('ner'))
    .option('--base-url <url>', `endpoint of the language model (its key: ${keyVariable})`)
    .option('--model <name>', 'which language model')
    .option('--candidates <n>', 'prompts asked for in a round', wholeNumber(1), 4)
    .option('--texts <n>', 'texts asked for with each', wholeNumber(1), 5)
    .option('--seed <n>', 'decides styles and names', wholeNumber(0), 1)
    .option('--max-cost <usd>', 'stop before the search could cost more than this', positiveNumber)
    .option('--out <folder>', "the search's folder; below prompts/search when left out")
    .addOption(
      new Option('--pick <n>', 'keep this prompt of the last round; sends nothing')
        .argParser(wholeNumber(0))
        .conflicts('variants'),
    )
    .option('--variants <n>', 'another round: variants of this prompt of the last one', wholeNumber(0));
  addHostConsent(command)
    .option('--allow-identifiers', allowIdentifiersText)
    .option('--project <folder>', 'folder of chartmark.json', '.')
    .option('--json', 'one machine-readable object on standard output')
    .action(async (options: Options) => {
      const project = await loadProject(options.project);
      const file = promptPath(options.project, project, options.task);
      const out = options.out ?? (await searchFolder(path.dirname(file), options.task));
      const keep = (round: Round, number: number): Promise<void> =>
        keepPick(context, options, { round, number, out, file });
      let round = (await readRounds(out)).at(-1);
      if (options.pick !== undefined) {
        if (round === undefined) throw nothingToPick();
        await keep(round, options.pick);
        return;
      }
      if (round !== undefined && options.variants === undefined) context.note(earlierRound(round));
      let { variants, yes: hasAgreed = false } = options;
      for (;;) {
        if (round === undefined || variants !== undefined) {
          round = await nextRound(context, project, {
            options: { ...options, yes: hasAgreed },
            out,
            variants,
          });
          hasAgreed = true;
        }
        context.print(options.json === true ? JSON.stringify(round) : roundAsText(round));
        if (context.ask === undefined || options.json === true) {
          context.note(nextSteps(round, options));
          return;
        }
        const answer = await askPick(context.ask, round);
        if (answer === undefined) return;
        if (answer.kind === 'keep') {
          await keep(round, answer.number);
          return;
        }
        variants = answer.number;
      }
    });
}

async function nextRound(
  context: CliContext,
  project: Project,
  {
    options,
    out,
    variants,
  }: { readonly options: Options; readonly out: string; readonly variants: number | undefined },
): Promise<Round> {
  const { task, candidates, texts, seed } = options;
  const provider = createProvider(options, project);
  const maxCostUsd = options.maxCost ?? project.generation.maxCostUsd;
  requirePrice(provider, project.generation.prices, maxCostUsd);
  const search = { task, project, provider, candidates, texts, seed };
  context.note(
    `${candidates} prompts from ${provider.name} (${provider.model}), ${describeDestination(provider)}`,
  );
  const estimate = estimateRound(search, variants === undefined ? 0 : 1);
  for (const line of describeEstimate(estimate, provider)) context.note(line);
  if (maxCostUsd !== undefined) context.note(`Limit: ${dollars(maxCostUsd)}`);
  scanPrompt(context, provider, { ...options, project });
  await agreeToHost(context, provider, options, project, 'prompts');
  const bar = progressBar(process.stderr, 'Trying');
  try {
    return await runRound(
      {
        ...search,
        out,
        ...(maxCostUsd === undefined ? {} : { maxCostUsd }),
        ...(variants === undefined ? {} : { variantsOf: variants }),
      },
      { signal: context.signal, onProgress: (text, fraction) => bar.update(fraction, text) },
    );
  } finally {
    bar.finish();
  }
}

async function keepPick(
  context: CliContext,
  { task, json }: Options,
  choice: { readonly round: Round; readonly number: number; readonly out: string; readonly file: string },
): Promise<void> {
  const { replaced } = await keepChoice({ ...choice, task });
  if (json === true) {
    context.print(JSON.stringify({ template: choice.file, ...(replaced === undefined ? {} : { replaced }) }));
    return;
  }
  context.print(`${shownPath(choice.file)}: prompt ${choice.number} of round ${choice.round.round}`);
  if (replaced !== undefined) context.print(`The template that was there: ${shownPath(replaced)}`);
}

type Answer = { readonly kind: 'keep' | 'vary'; readonly number: number };

/** Asks until there is an answer that can be followed; nothing when the user leaves it for later. */
async function askPick(
  ask: (question: string) => Promise<string>,
  { round, candidates }: Round,
): Promise<Answer | undefined> {
  const numbers = candidates.filter(({ template }) => template !== undefined).map(({ number }) => number);
  const vary = round < mostRounds ? ', its number after "v" for variants of it' : '';
  for (;;) {
    const text = await ask(
      `\nWhich prompt? Its number (${numbers.join(', ')}) to keep it${vary}, q to leave it: `,
    );
    const answer = text.trim().toLowerCase();
    if (answer === 'q') return undefined;
    const [, letter, digits] = /^(v?)\s*(\d+)$/.exec(answer) ?? [];
    const number = Number(digits);
    if (digits === undefined || !numbers.includes(number) || (letter === 'v' && vary === '')) continue;
    return { kind: letter === 'v' ? 'vary' : 'keep', number };
  }
}

function nextSteps({ round }: Round, { task, out }: Options): string {
  const again = `chartmark find-prompt${task === 're' ? ' --task re' : ''}${out === undefined ? '' : ` --out ${out}`}`;
  const more = round < mostRounds ? ', or try variants of it with --variants N' : '';
  return `Keep one with "${again} --pick N"${more}.`;
}

/** A round that is shown again, whatever model and numbers were named this time. */
function earlierRound({ round, model = 'a language model', texts, candidates }: Round): string {
  return (
    `Round ${round} of an earlier call: ${candidates.length - 1} prompts from ${model}, ${texts} texts with each. ` +
    'A search with another model or other numbers begins in another folder (--out).'
  );
}

function nothingToPick(): UserError {
  return new UserError('There is no finished round to pick from.', {
    nextStep: 'Run find-prompt without --pick first.',
  });
}
