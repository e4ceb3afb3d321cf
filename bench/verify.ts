/**
 * `node bench/verify.ts DATA [--replies FILE | --base-url URL --model NAME] [--texts 250] [--seeds 1,2,3]
 * [--predictions FILE] [--out FILE]`: what `chartmark verify` is worth: models trained on LLM-written sentences as they
 * are, and on the same after a language model has checked the most doubtful ones, on dev parts of two corpora. The
 * model's answers come from an endpoint, or from a file of recorded ones that a service on this machine gives.
 *
 * `--prompts DIR` writes the requests to DIR instead, for a model that no endpoint leads to; its replies go to
 * DIR/reply-NN.txt, and `--record DIR --predictions FILE --replies FILE` makes a file of recorded answers of them.
 *
 * DATA is as for llmWritten.ts. `--predictions` keeps what two models, each trained on one half of the texts, predict
 * for the other half; recorded answers bring theirs along. bench/verify/replies.jsonl has the answers of a large
 * language model that saw the requests alone. Every finished training is a line of `--out` and isn't done again.
 */
import { newReading } from '../src/runs/runFolders.ts';
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { formatJsonl, parseJsonl } from '../src/corpus/jsonl.ts';
import type { Document } from '../src/corpus/document.ts';
import { readDocuments } from '../src/corpus/read.ts';
import { defaultProject } from '../src/project/defaults.ts';
import { openAiProvider } from '../src/llm/openai/openaiProvider.ts';
import { describeVerified } from '../src/questions/verify/describeVerified.ts';
import { planVerification } from '../src/questions/verify/planVerification.ts';
import { runVerification, type VerifyOptions } from '../src/questions/verify/runVerification.ts';
import { writeRun } from '../test/support/writeRun.ts';
import { trainAndScore } from './llmWritten/entities.ts';
import type { Scores } from './llmWritten/run.ts';
import { printTable } from './table.ts';
import { crossPredict } from './verify/crossPredict.ts';
import { recordedPredictions, recordReplies, serveRecorded, writePrompts } from './verify/replies.ts';
import { types, writtenTexts } from './verify/writtenTexts.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    replies: { type: 'string' },
    'base-url': { type: 'string' },
    model: { type: 'string', default: 'recorded' },
    texts: { type: 'string', default: '250' },
    seeds: { type: 'string', default: '1,2,3' },
    predictions: { type: 'string' },
    prompts: { type: 'string' },
    record: { type: 'string' },
    out: { type: 'string' },
  },
});
const [data] = positionals;
if (data === undefined) throw new Error('node bench/verify.ts DATA: the folder with the corpora');

const base = path.join(import.meta.dirname, '../models/all-MiniLM-L6-v2');
const texts = await writtenTexts(data);
const folder = await mkdtemp(path.join(tmpdir(), 'chartmark-bench-'));
const runs = { 'as written': path.join(folder, 'written'), verified: path.join(folder, 'verified') } as const;

/** A finished training, a line of the file. */
interface Line extends Scores {
  readonly side: keyof typeof runs;
  readonly seed: number;
  readonly seconds: number;
}

try {
  if (values.record === undefined) await measure();
  else if (values.replies !== undefined)
    await recordReplies(values.record, await predictions(), values.replies);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  await writeRun(texts, types, runs['as written']);
  await cp(runs['as written'], runs.verified, { recursive: true });
  const server = values.replies === undefined ? undefined : await serveRecorded(values.replies, texts);
  const baseUrl = server?.baseUrl ?? values['base-url'] ?? 'http://localhost:11434/v1';
  const asking: VerifyOptions = {
    folder: runs.verified,
    project: defaultProject,
    provider: openAiProvider({
      baseUrl,
      model: values.model,
      apiKey: process.env['CHARTMARK_API_KEY'] ?? 'none',
    }),
    texts: Number(values.texts),
    predictions:
      values.replies === undefined ? await predictions() : await recordedPredictions(values.replies, texts),
  };
  if (values.prompts !== undefined) {
    await writePrompts((await planVerification(asking)).questionSet, values.prompts);
    return;
  }
  const plan = await planVerification(asking);
  console.log(
    `${plan.doubtful} of ${plan.accepted} texts are in doubt, ${plan.wanted} of them are asked about`,
  );
  try {
    for (const line of describeVerified(await runVerification(asking))) console.log(line);
  } finally {
    await server?.close();
  }
  const lines = await readLines();
  for (const seed of values.seeds.split(',').map(Number)) {
    for (const side of ['as written', 'verified'] as const) await trainOnce(lines, side, seed);
  }
  report(lines);
}

async function predictions(): Promise<readonly Document[]> {
  const file = values.predictions;
  const known = file === undefined ? undefined : await readFile(file, 'utf8').catch(() => undefined);
  if (known !== undefined) return parseJsonl(known);
  const made = await crossPredict(texts, { base, out: folder });
  if (file !== undefined) await writeFile(file, formatJsonl(made));
  return made;
}

async function trainOnce(lines: Line[], side: Line['side'], seed: number): Promise<void> {
  if (lines.some((line) => line.side === side && line.seed === seed)) return;
  const started = performance.now();
  const documents = await readDocuments([runs[side]], newReading());
  const scores = await trainAndScore(documents, {
    data: data as string,
    seed,
    base,
    out: path.join(folder, 'model'),
  });
  const line: Line = { side, seed, seconds: Math.round((performance.now() - started) / 1000), ...scores };
  lines.push(line);
  if (values.out !== undefined) await appendFile(values.out, `${JSON.stringify(line)}\n`);
}

async function readLines(): Promise<Line[]> {
  const source = values.out === undefined ? '' : await readFile(values.out, 'utf8').catch(() => '');
  return source
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

/** Strict F1 in hundredths, on the whole dev parts. */
function report(lines: readonly Line[]): void {
  const parts = Object.keys(lines[0]?.parts ?? {});
  const f1 = ({ parts: own }: Line, part: string): number => 100 * (own[part]?.whole ?? Number.NaN);
  const rowOf = (name: string, own: readonly Line[]): string[] => {
    const columns = parts.map((part) => mean(own.map((line) => f1(line, part))));
    return [name, ...[...columns, mean(columns)].map((value) => value.toFixed(1))];
  };
  const sides = ['as written', 'verified'] as const;
  printTable(
    ['trained on', ...parts, 'mean'],
    sides.flatMap((side) => {
      const own = lines.filter((line) => line.side === side).toSorted((a, b) => a.seed - b.seed);
      return own
        .map((line) => rowOf(`${side}, seed ${line.seed}`, [line]))
        .concat([rowOf(`${side}, mean`, own)]);
    }),
  );
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
