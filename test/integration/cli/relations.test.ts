import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeTinyBase } from '../../unit/training/tinyBase.ts';
import { chartmark } from './chartmark.ts';

const drugs = ['aspirin', 'statin'];
const diseases = ['gout', 'fever', 'asthma'];

/** A sentence in which a drug is given for a disease ("with"), or is not ("no"), as a line of JSONL. */
function line(number: number): string {
  const drug = drugs[number % 2] as string;
  const disease = diseases[number % 3] as string;
  const isGiven = (number >> 1) % 2 === 0;
  const text = `had ${disease} ${isGiven ? 'with' : 'no'} a ${drug} .`;
  const start = text.indexOf(drug);
  const spans = [
    { id: 'T1', start: 4, end: 4 + disease.length, label: 'Disease' },
    { id: 'T2', start, end: start + drug.length, label: 'Chemical' },
  ];
  const relations = isGiven ? [{ id: 'R1', head: 'T2', tail: 'T1', label: 'treats' }] : [];
  return `${JSON.stringify({ id: `d${number}`, text, spans, relations })}\n`;
}

const project = {
  entityTypes: ['Chemical', 'Disease'].map((name) => ({ name, definition: name })),
  relationTypes: [{ name: 'treats', head: 'Chemical', tail: 'Disease', definition: 'given for it' }],
};

let cwd: string;
const read = (...parts: readonly string[]): Promise<string> => readFile(path.join(cwd, ...parts), 'utf8');
const training = ['--base', 'base', '--epochs', '25', '--lr', '0.003', '--max-length', '24'];

beforeAll(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-relations-'));
  await writeTinyBase(path.join(cwd, 'base'));
  const lines = Array.from({ length: 120 }, (_, number) => line(number));
  await writeFile(path.join(cwd, 'train.jsonl'), lines.join(''));
  await writeFile(path.join(cwd, 'docs.jsonl'), lines.slice(0, 12).join(''));
  await writeFile(path.join(cwd, 'chartmark.json'), JSON.stringify(project));
  const form = ['--task', 're', '--relation-input', 'marker', '--relation-window', '2'];
  for (const step of [
    ['train', ...form, '--train', 'train.jsonl', '--out', 'models/re', ...training],
    ['train', '--train', 'train.jsonl', '--out', 'models/ner', ...training],
  ]) {
    const { code, stderr } = await chartmark(step, { cwd });
    if (code !== 0) throw new Error(`${step.join(' ')}: ${stderr}`);
  }
}, 60_000);

afterAll(() => rm(cwd, { recursive: true }));

describe('relations of documents', () => {
  test('make a model that says which pairs it judges and how it is shown them', async () => {
    expect(JSON.parse(await read('models', 're', 'chartmark.json'))).toMatchObject({
      task: 're',
      labels: ['0', '1'],
      relations: {
        input: 'marker',
        window: 2,
        types: [{ name: 'treats', head: 'Chemical', tail: 'Disease' }],
      },
    });
    const card = await read('models', 're', 'README.md');
    expect(card).toContain('`@ * chemical * ... @`, `# ^ disease ^ ... #`');
  });

  test('are found again between the mentions of JSONL, with scores, and scored', async () => {
    const { code, stderr } = await chartmark(
      ['annotate', '--model', 'models/re', 'docs.jsonl', '--out', 'out'],
      {
        cwd,
      },
    );
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining('6 relations (judged: 12 pairs of mentions)'),
    ]);
    const [first] = (await read('out', 'docs.jsonl')).split('\n');
    expect(JSON.parse(first ?? '')).toMatchObject({
      spans: [{ label: 'Disease', source: 'human' }, { label: 'Chemical' }],
      relations: [
        { id: 'R1', head: 'T2', tail: 'T1', label: 'treats', score: expect.any(Number), source: 'model' },
      ],
    });
    const scored = ['evaluate', '--task', 're', '--gold', 'docs.jsonl', '--pred', 'out/docs.jsonl', '--json'];
    const { stdout } = await chartmark(scored, { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      task: 're',
      scheme: 'documents',
      documents: 12,
      micro: { f1: 1, support: 6 },
    });
  });

  test('are added to a brat pair, whose other lines stay', async () => {
    const annotations = 'T1\tDisease 4 8\tgout\n#1\tAnnotatorNotes T1\told\nT2\tChemical 16 23\taspirin\n';
    await writeFile(path.join(cwd, 'note.txt'), 'had gout with a aspirin .\n');
    await writeFile(path.join(cwd, 'note.ann'), annotations);
    const expected = `${annotations}R1\ttreats Arg1:T2 Arg2:T1\t\n`;
    for (const [out, ...inputs] of [
      ['pair', 'note.txt', 'note.ann'],
      ['half', 'note.ann'],
    ] as const) {
      await chartmark(['annotate', '--model', 'models/re', ...inputs, '--out', out], { cwd });
      expect(await read(out, 'note.ann')).toBe(expected);
    }
  });

  test('are found between the mentions that another model finds', async () => {
    await writeFile(path.join(cwd, 'plain.txt'), 'had fever with a statin .\n');
    const models = ['--model', 'models/re', '--entities', 'models/ner'];
    await chartmark(['annotate', ...models, 'plain.txt', '--out', 'plain'], { cwd });
    expect((await read('plain', 'plain.ann')).split('\n')).toEqual([
      'T1\tDisease 4 9\tfever',
      'T2\tChemical 17 23\tstatin',
      'R1\ttreats Arg1:T2 Arg2:T1\t',
      '',
    ]);
  });

  test('come out of a stream as they went in', async () => {
    const input = `${line(0)}${line(2)}`;
    const { stdout } = await chartmark(['annotate', '--model', 'models/re', '-'], { cwd, input });
    const documents = stdout
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as { id: string; relations: unknown[] });
    expect(documents.map(({ id, relations }) => [id, relations.length])).toEqual([
      ['d0', 1],
      ['d2', 0],
    ]);
  });

  test('between mentions in two sentences need a window of two, as trained or as asked for', async () => {
    const text = 'had gout. With a aspirin .';
    const spans = [
      { start: 4, end: 8, label: 'Disease' },
      { start: 17, end: 24, label: 'Chemical' },
    ];
    await writeFile(path.join(cwd, 'two.jsonl'), JSON.stringify({ id: 'two', text, spans }));
    const annotate = ['annotate', '--model', 'models/re', 'two.jsonl', '--json', '--out', 'two'];
    expect(JSON.parse((await chartmark(annotate, { cwd })).stdout)).toMatchObject({ pairs: 1 });
    const narrow = await chartmark([...annotate, '--relation-window', '1'], { cwd });
    expect(JSON.parse(narrow.stdout)).toMatchObject({ pairs: 0, relations: 0 });
  });
});

describe('what cannot be', () => {
  test.each([
    ['options of relations for a model of mentions', ['--model', 'models/ner', '--relation-window', '2'], 2],
    ['relations in BIO', ['--model', 'models/re', '--format', 'bio'], 2],
    ['mentions from a model of relations', ['--model', 'models/re', '--entities', 'models/re'], 1],
  ])('%s', async (_, options, expected) => {
    const { code, stderr } = await chartmark(['annotate', ...options, 'docs.jsonl', '--out', 'no'], { cwd });
    expect(code).toBe(expected);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('documents without a relation of the project: both are named, and no model is written', async () => {
    await writeFile(path.join(cwd, 'other.jsonl'), line(0).replace('"treats"', '"causes"'));
    const train = ['train', '--task', 're', '--train', 'other.jsonl', '--out', 'models/none', ...training];
    const { code, stderr } = await chartmark(train, { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('treats (Chemical, Disease). The documents state: causes (Chemical, Disease).');
    await expect(read('models', 'none', 'config.json')).rejects.toThrow('ENOENT');
  });
});
