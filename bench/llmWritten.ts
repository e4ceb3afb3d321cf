/**
 * `node bench/llmWritten.ts DATA [--tasks ner,re,re-gad] [--shares 0.1,0.25,0.5,1] [--seeds 1,2,3] [--out FILE]`:
 * what models that were trained on LLM-written sentences alone find in real abstracts, by amount of text, with the
 * defaults of `chartmark train`. All shares are trained with the first seed, the largest with all of them; `re-gad`
 * has the relations by GAD's definition.
 *
 * DATA holds `llm-written/*.jsonl`, `{NCBI-disease,BC5CDR-disease,BC5CDR-chem}/devel.tsv` and
 * `GAD/fold1/train.tsv`. Every finished run is a line of `--out` and isn't done again; the tables are of all lines.
 */
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runEntities } from './llmWritten/entities.ts';
import { runRelations, runRelationsOfGad } from './llmWritten/relations.ts';
import type { PartScores, Scores } from './llmWritten/run.ts';
import { printTable } from './table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tasks: { type: 'string', default: 'ner,re,re-gad' },
    shares: { type: 'string', default: '0.1,0.25,0.5,1' },
    seeds: { type: 'string', default: '1,2,3' },
    out: { type: 'string' },
  },
});
const [data] = positionals;
if (data === undefined) throw new Error('node bench/llmWritten.ts DATA: the folder with the corpora');

const tasks = { ner: runEntities, re: runRelations, 're-gad': runRelationsOfGad } as const;

/** A finished run, a line of the file. */
interface Line extends Scores {
  readonly task: string;
  readonly share: number;
  readonly seed: number;
  readonly seconds: number;
}

const lines = await readLines();
const shares = values.shares.split(',').map(Number);
const [firstSeed = 1, ...otherSeeds] = values.seeds.split(',').map(Number);
const folder = await mkdtemp(path.join(tmpdir(), 'chartmark-bench-'));
try {
  for (const task of values.tasks.split(',') as (keyof typeof tasks)[]) {
    for (const share of shares) {
      const seeds = share === Math.max(...shares) ? [firstSeed, ...otherSeeds] : [firstSeed];
      for (const seed of seeds) await runOnce(task, share, seed);
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
report();

async function runOnce(task: keyof typeof tasks, share: number, seed: number): Promise<void> {
  if (lines.some((line) => line.task === task && line.share === share && line.seed === seed)) return;
  const started = performance.now();
  const scores = await tasks[task]({
    data: data as string,
    share,
    seed,
    base: path.join(import.meta.dirname, '../models/all-MiniLM-L6-v2'),
    out: path.join(folder, task),
  });
  const seconds = Math.round((performance.now() - started) / 1000);
  const line: Line = { task, share, seed, seconds, ...scores };
  lines.push(line);
  if (values.out !== undefined) await appendFile(values.out, `${JSON.stringify(line)}\n`);
}

async function readLines(): Promise<Line[]> {
  if (values.out === undefined) return [];
  const text = await readFile(values.out, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

function report(): void {
  for (const task of Object.keys(tasks)) {
    const own = lines.filter((line) => line.task === task);
    const names = Object.keys(own[0]?.parts ?? {});
    if (names.length === 0) continue;
    const singly = names.map((name) => [name]);
    const columns = names.length > 1 ? [...singly, names] : singly;
    console.log(
      `\n${task}: strict F1 on all of the dev parts, in brackets on what no setting was chosen on; then ` +
        'entities with each sentence by itself, relations when every pair is called related\n',
    );
    const groups = Map.groupBy(own, ({ share }) => share);
    const rows = [...groups.keys()]
      .sort((a, b) => a - b)
      .map((share) => {
        const runs = groups.get(share) ?? [];
        const scores = columns.map((column) =>
          describe(runs.map(({ parts }) => column.map((name) => parts[name]))),
        );
        return [runs[0]?.texts, runs.length, scores].flat().map(String);
      });
    printTable(
      ['texts', 'seeds', ...columns.map((column) => (column.length > 1 ? 'mean' : column.join()))],
      rows,
    );
  }
}

/** Means over the parts of each run and over the runs, with the lowest and highest run where there are several. */
function describe(runs: readonly (readonly (PartScores | undefined)[])[]): string {
  const means = (key: keyof PartScores): number[] =>
    runs.map((parts) => 100 * mean(parts.map((part) => part?.[key] ?? Number.NaN)));
  const whole = means('whole');
  const range =
    whole.length > 1 ? `, ${Math.min(...whole).toFixed(1)} to ${Math.max(...whole).toFixed(1)}` : '';
  const plain = mean(means('plain'));
  const floor = mean(means('floor'));
  return (
    `${mean(whole).toFixed(1)} (${mean(means('rest')).toFixed(1)})${range}` +
    (Number.isNaN(plain) ? '' : `; ${plain.toFixed(1)}`) +
    (Number.isNaN(floor) ? '' : `; ${floor.toFixed(1)}`)
  );
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
