/**
 * `node scripts/scoreIdentifiers.ts [FILE] [--errors]`: recall and precision of the identifier scan on labelled
 * sentences, by kind; the evaluation part by default. `--errors` shows the sentences with faults, of the dev
 * part only: who looks at the others can no longer measure with them.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { printTable } from '../bench/table.ts';
import { scoreIdentifiers } from '../test/golden/privacy/scoreIdentifiers.ts';

const folder = path.join(import.meta.dirname, '../test/golden/data/privacy');
const name = process.argv.slice(2).find((argument) => !argument.startsWith('-')) ?? 'evaluation.txt';
const source = await readFile(path.join(folder, path.basename(name)), 'utf8');
const { kinds, all, faults } = scoreIdentifiers(source);
const percent = (share: number): string => (100 * share).toFixed(1);
printTable(
  ['kind', 'labelled', 'found, %', 'as that kind, %', 'reported', 'right, %'],
  [...kinds, ['all', all] as const].map(([kind, score]) => [
    kind,
    String(score.labelled),
    percent(score.recall),
    percent(score.kindRecall),
    String(score.reported),
    percent(score.precision),
  ]),
);
if (process.argv.includes('--errors') && path.basename(name) === 'dev.txt') {
  for (const fault of faults) console.log(`${fault.what}\t${fault.kind}\tline ${fault.line}: ${fault.text}`);
}
