/**
 * `npm run mutate -- [--sample LINES] [--seed N] [--concurrency N] [PATH ...]`: changes the code in one small way after
 * the other, and tells which changes no test notices. Takes files and folders under src/; without one, the places where
 * a wrong sign hides best. A sample is drawn from them by seed, in blocks of some lines; without `--sample` all is tried,
 * which takes hours. Works in a copy: the working tree is left alone.
 */
import { readFile, glob, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { seededRandom, shuffled } from '../src/foundation/random.ts';

const places = ['src/evaluation', 'src/corpus', 'src/training', 'src/generation/judge'];
const linesOfBlock = 10;

const { values, positionals } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    concurrency: { type: 'string', default: '2' },
  },
  allowPositionals: true,
});
const files = await sourcesIn(positionals.length > 0 ? positionals : places);
const mutate =
  values.sample === undefined ? files : await sampleOf(files, Number(values.sample), Number(values.seed));

const results = await new Stryker({
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/mutation/vitest.config.ts' },
  mutate: [...mutate],
  coverageAnalysis: 'perTest',
  // The wording of messages is asserted in one test each, often one of the command line.
  mutator: { excludedMutations: ['StringLiteral'] },
  // What is computed once when a module is loaded would need all tests for each mutant.
  ignoreStatic: true,
  concurrency: Number(values.concurrency),
  // TypeScript 7 has no interface that Stryker could read the configuration with; nothing here needs it.
  tsconfigFile: 'none.json',
  disableTypeChecks: false,
  dryRunTimeoutMinutes: 60,
  ignorePatterns: ['dist', 'docs/images', 'test-results', '*.vsix'],
  tempDirName: '.cache/mutation',
  reporters: ['progress-append-only'],
  allowEmpty: true,
}).runMutationTest();

const tried = results.filter(({ status }) =>
  ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status),
);
const alive = tried.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
for (const { fileName, location, mutatorName, replacement, status } of alive) {
  const place = `${path.relative('', fileName)}:${location.start.line}:${location.start.column}`;
  const change = (replacement ?? '').replaceAll(/\s+/gu, ' ').slice(0, 100);
  console.log(`${place} ${mutatorName}${status === 'NoCoverage' ? ' (no test runs it)' : ''}: ${change}`);
}
console.log(`\n${shareOf(tried.length - alive.length, tried.length)} of ${tried.length} mutants killed`);
for (const folder of new Set(tried.map(({ fileName }) => folderOf(fileName)))) {
  const all = tried.filter(({ fileName }) => folderOf(fileName) === folder).length;
  const lost = alive.filter(({ fileName }) => folderOf(fileName) === folder).length;
  console.log(`  ${folder}: ${shareOf(all - lost, all)} of ${all}`);
}

/** The files that people write: what a script makes is compared with what it would make again. */
async function sourcesIn(names: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of names) {
    const isFile = (await stat(name)).isFile();
    for await (const file of glob(isFile ? name : `${name}/**/*.ts`)) {
      const isMade = (await readFile(file, 'utf8')).startsWith('// Made from ');
      if (!isMade && !file.endsWith('.d.ts')) found.push(file);
    }
  }
  return found.sort();
}

/** Ranges of `lines` lines in all, as Stryker takes them. */
async function sampleOf(from: readonly string[], lines: number, seed: number): Promise<readonly string[]> {
  const blocks: string[] = [];
  for (const file of from) {
    const count = (await readFile(file, 'utf8')).split('\n').length;
    for (let line = 1; line < count; line += linesOfBlock) {
      blocks.push(`${file}:${line}-${Math.min(line + linesOfBlock - 1, count)}`);
    }
  }
  return shuffled(seededRandom(seed), blocks).slice(0, Math.ceil(lines / linesOfBlock));
}

function shareOf(part: number, whole: number): string {
  return `${whole === 0 ? '0.0' : ((100 * part) / whole).toFixed(1)} %`;
}

/** The part of `src/` that a file is in. */
function folderOf(file: string): string {
  return path.relative('src', file).split(path.sep)[0] ?? '';
}
