import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { ownFiles, syntheticRuns } from '../../../src/tasks/dataFiles.ts';
import { taskFor } from '../../../src/tasks/fileTask.ts';
import { makeProject } from './projectFolder.ts';

let place: Awaited<ReturnType<typeof makeProject>>;
afterEach(() => rm(place.folder, { recursive: true }));

const document = '{"id":"a","text":"Gout."}\n';

test('the runs of a project are those with accepted texts, the newest first', async () => {
  place = await makeProject({
    'synthetic/old/accepted.jsonl': document,
    'synthetic/empty/accepted.jsonl': '',
    'synthetic/new/accepted.jsonl': document,
    'synthetic/notes.txt': 'no run',
  });
  const runs = await syntheticRuns(place.synthetic);
  expect(runs.map(({ name }) => name)).toEqual(['new', 'old']);
  expect(runs[0]?.accepted).toBe(place.at('synthetic', 'new', 'accepted.jsonl'));
});

test('own files are those outside of what Chartmark makes, also of requests to a language model', async () => {
  place = await makeProject();
  const own = ['b.bio', 'a.txt', 'syntheticNotes/c.txt'];
  const made = [
    'synthetic/run/accepted.jsonl',
    'models/local/x.jsonl',
    'reports/r.jsonl',
    'extracted/.extract/ledger.jsonl',
    'extracted/.extract/rejected.jsonl',
  ];
  const all = [...own, ...made].map((file) => place.at(...file.split('/')));
  expect(ownFiles(place, all).map((file) => path.relative(place.folder, file))).toEqual(
    own.toSorted().map((file) => path.join(...file.split('/'))),
  );
});

describe('what files are about', () => {
  const related = '{"id":"a","text":"A b.","spans":[],"relations":[{"head":"T1","tail":"T2","label":"x"}]}\n';
  const run = (task: string): string =>
    JSON.stringify({
      run: 'r',
      task,
      provider: 'offline',
      model: 'templates',
      destination: { kind: 'local', host: 'this computer' },
      seed: 1,
      count: 1,
      settings: 's',
    });

  test.each([
    ['token lines', { 'a.bio': 'Gout\tB-Disease\n' }, 'a.bio', 'ner'],
    ['relation rows', { 'a.tsv': '@GENE$ and @DISEASE$ here.\t1\nNo @GENE$ here.\t0\n' }, 'a.tsv', 're'],
    ['documents without relations', { 'a.jsonl': document }, 'a.jsonl', 'ner'],
    ['an empty list of relations', { 'a.jsonl': '{"text":"x","relations":[]}\n' }, 'a.jsonl', 'ner'],
    ['a run of relations', { 'accepted.jsonl': document, 'run.json': run('re') }, 'accepted.jsonl', 're'],
    ['a run of mentions', { 'accepted.jsonl': document, 'run.json': run('ner') }, 'accepted.jsonl', 'ner'],
    ['a run with a broken description', { 'a.jsonl': document, 'run.json': '{' }, 'a.jsonl', 'ner'],
  ])('%s', async (_, files, file, task) => {
    place = await makeProject(files);
    const choose = () => Promise.reject(new Error('nobody is to be asked'));
    expect(await taskFor([place.at(file)], choose)).toBe(task);
  });

  test.each([
    ['JSONL', { 'a.jsonl': `${document}${related}` }, 'a.jsonl'],
    ['brat', { 'a.txt': 'A b.', 'a.ann': 'R1\tx Arg1:T1 Arg2:T2\n' }, 'a.ann'],
  ])('is chosen if documents state relations too (%s)', async (_, files, file) => {
    place = await makeProject(files);
    expect(await taskFor([place.at(file)], () => Promise.resolve('re'))).toBe('re');
    expect(await taskFor([place.at(file)], () => Promise.resolve('ner'))).toBe('ner');
  });

  test('names a file that cannot be read', async () => {
    place = await makeProject();
    const file = place.at('gone.jsonl');
    await expect(taskFor([file], () => Promise.resolve('ner'))).rejects.toMatchObject({ place: { file } });
  });
});
