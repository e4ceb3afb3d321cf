import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportTokenizer } from '../../../src/training/exportTokenizer.ts';

const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'];
let base: string;
let out: string;

beforeEach(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chartmark-tokenizer-'));
  [base, out] = [path.join(folder, 'base'), path.join(folder, 'out')];
  await mkdir(base);
  await mkdir(out);
});
afterEach(() => rm(path.dirname(base), { recursive: true }));

async function exported(files: Readonly<Record<string, string>>, family: 'bert' | 'roberta') {
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(base, name), content);
  await exportTokenizer(base, out, family, { kind: 'tokens', labels: 3 });
  const config = await readFile(path.join(out, 'tokenizer_config.json'), 'utf8').catch(() => 'null');
  return JSON.parse(config) as unknown;
}

describe('the tokenizer of an exported model', () => {
  it.each([
    ['Fever', false],
    ['fever', true],
  ])('with a bare vocab.txt that has %s says whether it makes letters small', async (word, lower) => {
    const config = await exported({ 'vocab.txt': [...special, word].join('\n') }, 'bert');
    expect(config).toEqual({ tokenizer_class: 'BertTokenizer', do_lower_case: lower });
  });

  it('keeps what its settings say', async () => {
    const files = {
      'vocab.txt': [...special, 'Fever'].join('\n'),
      'tokenizer_config.json': '{"do_lower_case":true,"model_max_length":512}',
    };
    expect(await exported(files, 'bert')).toEqual({ do_lower_case: true, model_max_length: 512 });
  });

  it.each(['LICENSE', 'LICENSE.txt', 'LICENSE.md', 'NOTICE', 'NOTICE.txt'])(
    'comes with the %s of its base',
    async (name) => {
      await exported({ [name]: 'terms', 'vocab.txt': special.join('\n') }, 'bert');
      expect(await readFile(path.join(out, name), 'utf8')).toBe('terms');
    },
  );

  it('of a RoBERTa puts a blank before the first word, and has its files', async () => {
    const files = { 'vocab.json': '{}', 'merges.txt': '#version: 0.2\n', 'weights.bin': 'no tokenizer' };
    expect(await exported(files, 'roberta')).toMatchObject({ add_prefix_space: true });
    expect((await readdir(out)).sort()).toEqual(['merges.txt', 'tokenizer_config.json', 'vocab.json']);
  });
});
