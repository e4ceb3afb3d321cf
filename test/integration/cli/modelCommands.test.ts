import { mkdir, mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { chartmark } from './chartmark.ts';

/** One small run of the loop that the tests below look at from all sides. */
let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-loop-'));
  const steps = [
    ['generate', '--provider', 'offline', '--count', '120', '--out', 'synthetic/ner'],
    ['train', '--train', 'synthetic/ner/accepted.jsonl', '--out', 'models/ner', '--epochs', '1'],
    ['generate', '--task', 're', '--provider', 'offline', '--count', '60', '--out', 'synthetic/re'],
    [
      'train',
      '--task',
      're',
      '--train',
      'synthetic/re/accepted.jsonl',
      '--out',
      'models/re',
      '--epochs',
      '1',
    ],
  ];
  for (const step of steps) {
    const { code, stderr } = await chartmark(step, { cwd });
    if (code !== 0) throw new Error(`${step.join(' ')}: ${stderr}`);
  }
}, 180_000);

const read = (...parts: readonly string[]): Promise<string> => readFile(path.join(cwd, ...parts), 'utf8');

describe('chartmark generate', () => {
  test('fills a run folder with as many labelled documents as asked for', async () => {
    expect((await readdir(path.join(cwd, 'synthetic/ner'))).sort()).toEqual([
      'accepted.jsonl',
      'ledger.jsonl',
      'rejected.jsonl',
      'report.json',
      'run.json',
    ]);
    const documents = (await read('synthetic/ner/accepted.jsonl')).trim().split('\n');
    expect(documents).toHaveLength(120);
    expect(JSON.parse(documents[0] ?? '')).toMatchObject({ meta: { provider: 'offline' } });
  });

  test('the same seed writes the same file', async () => {
    const args = ['generate', '--provider', 'offline', '--count', '40', '--seed', '9', '--out'];
    await chartmark([...args, 'first'], { cwd });
    await chartmark([...args, 'second'], { cwd });
    const withoutRun = (text: string): string => text.replaceAll(/"run":"[^"]*"/gu, '');
    expect(withoutRun(await read('first', 'accepted.jsonl'))).toBe(
      withoutRun(await read('second', 'accepted.jsonl')),
    );
  });

  test('a dry run names provider and destination and writes nothing', async () => {
    const args = [
      'generate',
      '--provider',
      'openai',
      '--base-url',
      'http://127.0.0.1:9/v1',
      '--dry-run',
      '--out',
      'dry',
    ];
    const { code, stderr } = await chartmark(args, { cwd });
    expect(code).toBe(0);
    expect(stderr).toContain('127.0.0.1');
    expect(await readdir(cwd)).not.toContain('dry');
  });

  test('an endpoint that cannot be reached is a sentence with the host', async () => {
    const args = [
      'generate',
      '--provider',
      'openai',
      '--base-url',
      'http://127.0.0.1:9/v1',
      '--out',
      'unreachable',
    ];
    const { code, stderr } = await chartmark(args, { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('127.0.0.1');
    expect(stderr).not.toMatch(/\n\s+at /);
  }, 60_000);
});

describe('chartmark train', () => {
  test('writes a complete Hugging Face folder', async () => {
    expect((await readdir(path.join(cwd, 'models/ner'))).sort()).toEqual(
      expect.arrayContaining([
        'README.md',
        'chartmark.json',
        'config.json',
        'model.onnx',
        'model.safetensors',
        'tokenizer.json',
        'vocab.txt',
      ]),
    );
    expect(JSON.parse(await read('models/ner/chartmark.json'))).toMatchObject({
      task: 'ner',
      versions: { chartmark: expect.stringMatching(/^\d+\.\d+\.\d+/) },
    });
  });

  test('data without a mention is refused before anything is written', async () => {
    await writeFile(path.join(cwd, 'empty.bio'), 'No\tO\nmention\tO\n');
    const { code, stderr } = await chartmark(['train', '--train', 'empty.bio', '--out', 'models/none'], {
      cwd,
    });
    expect(code).toBe(1);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(await readdir(path.join(cwd, 'models'))).not.toContain('none');
  });
});

describe('chartmark annotate', () => {
  test('refuses inputs that would be written to one file, before it annotates any', async () => {
    for (const folder of ['m1', 'm2']) {
      await mkdir(path.join(cwd, folder));
      await writeFile(path.join(cwd, folder, 'b.txt'), 'He has gout.\n');
    }
    const args = ['annotate', ...model, 'm1/b.txt', 'm2/b.txt', '--out', 'both'];
    const { code, stderr } = await chartmark(args, { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('m1/b.txt and m2/b.txt would both be written as both/b.txt.');
    expect(await readdir(cwd)).not.toContain('both');
  });

  const model = ['--model', 'models/ner'];

  test('a BIO file keeps its lines and columns and gets predicted tags', async () => {
    const source = '# a comment\r\nGout\tNN\tO\r\nand\tCC\tO\r\n\r\n\r\naspirin\tNN\tO';
    await writeFile(path.join(cwd, 'in.bio'), source);
    await chartmark(['annotate', ...model, 'in.bio', '--out', 'bio'], { cwd });
    const tagged = await read('bio', 'in.bio');
    expect(tagged.replaceAll(/\t[BI]-\w+/gu, '\tO')).toBe(source);
  });

  test('a plain note becomes a brat pair whose offsets point at the words', async () => {
    const note = 'HPI: 58 y/o with chest pain 😀 and fever.\nStarted on aspirin.\n';
    await writeFile(path.join(cwd, 'note.txt'), note);
    await chartmark(['annotate', ...model, 'note.txt', '--out', 'brat'], { cwd });
    expect(await read('brat', 'note.txt')).toBe(note);
    const points = Array.from(note);
    for (const line of (await read('brat', 'note.ann')).split('\n').filter((text) => text.startsWith('T'))) {
      const [, place = '', words] = line.split('\t');
      const [, start, end] = place.split(' ');
      expect(points.slice(Number(start), Number(end)).join('')).toBe(words);
    }
  });

  test('a JSONL stream comes back line by line', async () => {
    const input = '{"id":"a","text":"No fever."}\n\n{"id":"b","text":"Gout, on aspirin."}\n';
    const { code, stdout } = await chartmark(['annotate', ...model, '-'], { cwd, input });
    expect(code).toBe(0);
    const ids = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id);
    expect(ids).toEqual(['a', 'b']);
  });

  test('relation rows get a label and a score', async () => {
    await writeFile(
      path.join(cwd, 'rows.tsv'),
      '@GENE$ is associated with @DISEASE$ .\t1\n@GENE$ , @DISEASE$ .\t0\n',
    );
    const { code } = await chartmark(['annotate', '--model', 'models/re', 'rows.tsv', '--out', 'rows'], {
      cwd,
    });
    expect(code).toBe(0);
    const rows = (await read('rows', 'rows.tsv'))
      .trim()
      .split('\n')
      .map((row) => row.split('\t'));
    expect(rows.map(([text]) => text)).toEqual([
      '@GENE$ is associated with @DISEASE$ .',
      '@GENE$ , @DISEASE$ .',
    ]);
    for (const [, label, score] of rows) {
      expect(['0', '1']).toContain(label);
      expect(Number(score)).toBeGreaterThanOrEqual(0.5);
    }
  });

  test('never writes over its input', async () => {
    const before = await read('in.bio');
    const { code, stderr } = await chartmark(['annotate', ...model, 'in.bio', '--out', '.'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('in.bio');
    expect(await read('in.bio')).toBe(before);
  });

  test('a model folder without its graph is named with the next step', async () => {
    const { code, stderr } = await chartmark(['annotate', '--model', 'synthetic', 'in.bio'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('synthetic');
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
