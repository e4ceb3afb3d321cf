import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Report } from '../../../src/evaluation/report.ts';
import { evaluatePredictions } from '../../../src/tasks/evaluate.ts';
import { makeProject } from './projectFolder.ts';

let place: Awaited<ReturnType<typeof makeProject>>;
afterEach(() => rm(place.folder, { recursive: true }));

const bio = (tags: string): string =>
  tags
    .split(' ')
    .map((tag, i) => (tag === '/' ? '-DOCSTART-\tO\n\n' : `w${i}\t${tag}\n`))
    .join('');

interface Choices {
  readonly scheme?: string;
  readonly mode?: 'strict' | 'conlleval';
}

async function evaluate(files: Readonly<Record<string, string>>, choices: Choices = {}): Promise<Report> {
  place = await makeProject(files);
  const [gold = '', predicted = ''] = Object.keys(files);
  const unused = () => Promise.reject(new Error('not to be called'));
  return evaluatePredictions(
    {
      task: 'ner',
      gold: [place.at(gold)],
      predictor: { kind: 'files', files: [place.at(predicted)] },
      projectFolder: place.folder,
      title: 'Scores',
      created: '2026-11-24T00:00:00Z',
      shownPath: (file) => path.relative(place.folder, file),
      ...choices,
    },
    { worker: { annotate: unused, relate: unused, classify: unused }, signal: new AbortController().signal },
  );
}

const scores = async (gold: string, predicted: string, choices: Choices = {}) => {
  const {
    micro,
    scheme,
    notes = [],
  } = await evaluate({ 'g.bio': bio(gold), 'p.bio': bio(predicted) }, choices);
  return { f1: micro.f1, support: micro.support, scheme, notes: notes.length };
};

describe('the scheme of BIO files', () => {
  test.each([
    ['B-X I-X O B-Y', 'B-X I-X O B-Y', 'IOB2'],
    ['I-X I-X O I-Y', 'B-X I-X O B-Y', 'gold IO, predictions IOB2'],
    ['I-X B-X O O', 'B-X B-X O O', 'gold IOB1, predictions IOB2'],
    ['B-X E-X O S-Y', 'B-X I-X O B-Y', 'gold IOBES, predictions IOB2'],
    ['B-X I-X O B-Y', 'B-X L-X O U-Y', 'gold IOB2, predictions IOBES'],
  ])('is recognised on each side: %s and %s', async (gold, predicted, scheme) => {
    expect(await scores(gold, predicted)).toEqual({ f1: 1, support: 2, scheme, notes: 0 });
  });

  test('of predictions is that of the gold file if they do not mark beginnings, and this is said', async () => {
    // One mention that does not count, and its tags as problems of the file are none: alone they look like IO.
    const { f1, scheme, notes } = await scores('B-X I-X O O', 'I-X I-X O O');
    expect({ f1, scheme, notes }).toEqual({ f1: 0, scheme: 'IOB2', notes: 1 });
    expect((await scores('B-X I-X O O', 'I-X I-X O O', { mode: 'conlleval' })).f1).toBe(1);
  });

  test('in BIOES leaves out mentions without an end', async () => {
    const { f1, support } = await scores('S-X O B-X E-X', 'S-X O B-X O');
    expect({ f1, support }).toEqual({ f1: 2 / 3, support: 2 });
  });

  test('may be named, and must be one', async () => {
    expect(await scores('I-X O O', 'I-X O O', { scheme: 'iob1' })).toMatchObject({ f1: 1, scheme: 'iob1' });
    expect(await scores('I-X O O', 'I-X O O', { scheme: 'IOB2' })).toMatchObject({ support: 0, notes: 2 });
    await expect(scores('O', 'O', { scheme: 'IOB3' })).rejects.toThrow('IOB3 is not a tag scheme.');
  });

  test('is not named if no file has tags', async () => {
    const record = `${JSON.stringify({ id: 'a', text: 'Gout', spans: [{ start: 0, end: 4, label: 'X' }] })}\n`;
    expect((await evaluate({ 'g.jsonl': record, 'p.jsonl': record })).scheme).toBe('spans');
  });
});

describe('documents', () => {
  test('begin at -DOCSTART-, and are what the bootstrap draws', async () => {
    const source = bio('/ B-X O / O B-X');
    const report = await evaluate({ 'g.bio': source, 'p.bio': source });
    expect(report).toMatchObject({ documents: 2, interval: { unit: 'document', units: 2 } });
  });

  test('of a BIO file match those of the JSON lines that it was made of', async () => {
    const record = (id: string, text: string): string =>
      `${JSON.stringify({ id, text, spans: [{ start: 0, end: 2, label: 'X' }] })}\n`;
    const report = await evaluate({
      'g.jsonl': record('a', 'w0 w1') + record('b', 'w2 w3'),
      'p.bio': '-DOCSTART-\tO\n\nw0\tB-X\nw1\tO\n\n-DOCSTART-\tO\n\nw2\tB-X\nw3\tO\n',
    });
    expect(report.micro).toMatchObject({ f1: 1, support: 2 });
  });
});

test('problems of the files are in the notes, once', async () => {
  const source = '1\tw0\tB-X\n2\tw1\tO\n';
  const { notes } = await evaluate({ 'g.bio': source, 'p.bio': source });
  expect(notes).toHaveLength(2);
  expect(notes?.[0]).toContain('g.bio:1: Column 1 holds running numbers');
});
