import { type Command, Option } from 'commander';
import { counted } from '../../foundation/numbers.ts';
import { UserError } from '../../foundation/userError.ts';
import { visibleJson } from '../../foundation/visibleText.ts';
import { roundAsText } from '../../generation/promptSearch/describeRound.ts';
import { mostRounds, type Round } from '../../generation/promptSearch/round.ts';
import { loadProject } from '../../project/parseProject.ts';
import { keepPrompt, openSearch, prepareRound, type PromptSearch } from '../../tasks/findPrompt.ts';
import { addConsentOptions, askConsent, type ConsentFlags, showDisclosure } from '../askConsent.ts';
import { type CliContext, shownPath } from '../context.ts';
import { chooseModel, keyVariable, type ModelFlags } from '../modelChoice.ts';
import { positiveNumber, wholeNumber } from '../options.ts';
import { progressBar } from '../progressBar.ts';

interface Flags extends ConsentFlags, ModelFlags {
  readonly task: 'ner' | 're';
  readonly candidates: number;
  readonly texts: number;
  readonly seed: number;
  readonly maxCost?: number;
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
      'Have a language model propose prompts, try each on a few texts, and keep the one that you pick. Sends none of your notes. The model is sent the prompt template, and the definitions, guidelines, examples, counter-examples, styles and topics of chartmark.json.',
    )
    .addOption(new Option('--task <task>', 'entities or relations').choices(['ner', 're']).default('ner'))
    .option('--base-url <url>', `endpoint of the language model (its key: ${keyVariable})`)
    .option('--model <name>', 'which language model')
    .option('--candidates <n>', 'number of prompts to request in a round', wholeNumber(1), 4)
    .option('--texts <n>', 'number of texts to request with each prompt', wholeNumber(1), 5)
    .option('--seed <n>', 'seed of the draws of styles and topics', wholeNumber(0), 1)
    .option('--max-cost <usd>', 'stop before the cost of the search could exceed this', positiveNumber)
    .option('--out <folder>', 'folder of the search (default: one below prompts/search)')
    .addOption(
      new Option('--pick <n>', 'keep this prompt of the last round (sends nothing)')
        .argParser(wholeNumber(0))
        .conflicts('variants'),
    )
    .option(
      '--variants <n>',
      'run another round with variants of this prompt of the last round',
      wholeNumber(0),
    );
  addConsentOptions(command)
    .option('--project <folder>', 'folder of chartmark.json', '.')
    .option('--json', 'one machine-readable object on standard output')
    .action(async (flags: Flags) => {
      const { task, out, pick, variants } = flags;
      const project = await loadProject(flags.project);
      const search = await openSearch({ project, folder: flags.project, task, out });
      if (pick === undefined) await findPrompt(context, flags, search, variants);
      else await keep(context, flags, search, pick);
    });
}

/** Runs a round if there is none or `variants` are wanted, shows it, and asks what to do with it. */
async function findPrompt(
  context: CliContext,
  flags: Flags,
  search: PromptSearch,
  variants: number | undefined,
): Promise<void> {
  const { last } = search;
  const isShown = last !== undefined && variants === undefined;
  if (isShown) context.note(earlierRound(last));
  const round = isShown ? last : await sendRound(context, flags, search, variants);
  context.print(flags.json === true ? visibleJson(round) : roundAsText(round));
  if (context.ask === undefined || flags.json === true) {
    context.note(nextSteps(round, flags));
    return;
  }
  const answer = await askPick(context.ask, round);
  const now = { ...search, last: round };
  if (answer?.kind === 'keep') await keep(context, flags, now, answer.number);
  if (answer?.kind === 'vary') await findPrompt(context, flags, now, answer.number);
}

async function sendRound(
  context: CliContext,
  flags: Flags,
  search: PromptSearch,
  variants: number | undefined,
): Promise<Round> {
  const { candidates, texts, seed, maxCost } = flags;
  const model = await chooseModel(flags, search.project);
  const wish = { model, candidates, texts, seed, variantsOf: variants, maxCostUsd: maxCost };
  const { disclosure, start } = await prepareRound(search, wish);
  showDisclosure(context, disclosure);
  const consent = await askConsent(context, disclosure, flags, search.project);
  const bar = progressBar(process.stderr, 'Trying');
  return start(consent, {
    signal: context.signal,
    onProgress: (text, fraction) => bar.update(fraction, text),
  }).finally(() => bar.finish());
}

async function keep(
  context: CliContext,
  { json }: Flags,
  search: PromptSearch,
  number: number,
): Promise<void> {
  const { file, last } = search;
  if (last === undefined) {
    throw new UserError('There is no finished round.', {
      nextStep: 'Run find-prompt without --pick first.',
    });
  }
  const { replaced } = await keepPrompt(search, last, number);
  if (json === true) {
    context.print(visibleJson({ template: file, ...(replaced === undefined ? {} : { replaced }) }));
    return;
  }
  context.print(`${shownPath(file)}: prompt ${number} of round ${last.round}`);
  if (replaced !== undefined) context.print(`The previous template is in ${shownPath(replaced)}`);
}

type Answer = { readonly kind: 'keep' | 'vary'; readonly number: number };

/** Asks until there is an answer that can be followed; undefined if the user leaves it for later. */
async function askPick(
  ask: (question: string) => Promise<string>,
  { round, candidates }: Round,
): Promise<Answer | undefined> {
  const numbers = candidates.filter(({ template }) => template !== undefined).map(({ number }) => number);
  const vary = round < mostRounds ? ', "v" and its number for variants of it' : '';
  for (;;) {
    const text = await ask(
      `\nWhich prompt? Its number (${numbers.join(', ')}) to keep it${vary}, "q" to decide later: `,
    );
    const answer = text.trim().toLowerCase();
    if (answer === 'q') return undefined;
    const [, letter, digits] = /^(v?)\s*(\d+)$/.exec(answer) ?? [];
    const number = Number(digits);
    if (digits === undefined || !numbers.includes(number) || (letter === 'v' && vary === '')) continue;
    return { kind: letter === 'v' ? 'vary' : 'keep', number };
  }
}

function nextSteps({ round }: Round, { task, out }: Flags): string {
  const again = `chartmark find-prompt${task === 're' ? ' --task re' : ''}${out === undefined ? '' : ` --out ${out}`}`;
  const more = round < mostRounds ? ', or try variants of it with --variants N' : '';
  return `Keep one with "${again} --pick N"${more}.`;
}

/** Introduces a round that is shown again, whatever model and numbers the command names this time. */
function earlierRound({ round, model = 'a language model', texts, candidates }: Round): string {
  const prompts = counted(candidates.length - 1, 'prompt');
  return (
    `Round ${round}, from an earlier call: ${prompts} from ${model}, ${counted(texts, 'text')} with each. ` +
    'To search with another model or other numbers, choose another folder (--out).'
  );
}
