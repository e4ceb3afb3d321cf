import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readModelConfig } from '../../../src/model/folder.ts';
import { readWeights } from '../../../src/model/readWeights.ts';
import { loadTokenClassifier } from '../../../src/model/tokenClassifier.ts';
import { loadTokenizer } from '../../../src/model/tokenizer/tokenizer.ts';
import { complaint } from './complaint.ts';
import { temporaryFolder, writeTinyModel } from './tinyModel.ts';

const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'5e'.repeat(32)}\nsize 440473133\n`;

const contents = [
  ['a pointer of Git LFS', pointer, 'Git LFS pointer'],
  ['a pointer with other line ends', pointer.replaceAll('\n', '\r\n'), 'git lfs pull'],
  ['a web page', '\n<!doctype HTML>\n<html lang="en"><body>Sign in</body></html>', 'a web page'],
  ['a short web page', '<html><h1>404</h1></html>', 'a web page'],
  ['an error as JSON', '{ "error": "Repository not found" }', 'the answer of a server'],
  ['an error as text', 'Entry not found', 'the answer of a server'],
  ['a status', '403 Forbidden', 'the answer of a server'],
  ['a refusal', 'Access to model x/y is restricted.', 'the answer of a server'],
  ['nothing', '', 'The file is empty'],
] as const;

/** What reads a file of a model folder. */
const readers = {
  'config.json': readModelConfig,
  'tokenizer.json': loadTokenizer,
  'tokenizer_config.json': loadTokenizer,
  'vocab.txt': loadTokenizer,
  'vocab.json': loadTokenizer,
  'model.safetensors': readWeights,
  'pytorch_model.bin': readWeights,
  'model.safetensors.index.json': readWeights,
} as const;

describe.each(contents)('%s in place of a file', (_, content, message) => {
  it.each(Object.entries(readers))('is named as such: %s', async (name, read) => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, name), content);
    const { file, text } = await complaint(read(folder));
    expect(file).toBe(name);
    expect(text).toContain(message);
  });

  it('is named as such: model.onnx', async () => {
    const folder = await writeTinyModel({ kind: 'tokens', labels: ['O', 'B-X'], tokens: {} });
    await writeFile(path.join(folder, 'model.onnx'), content);
    const { file, text } = await complaint(loadTokenClassifier(folder));
    expect(file).toBe('model.onnx');
    expect(text).toContain(message);
  });
});

it('reads a vocabulary and a config that begin like neither', async () => {
  const folder = await temporaryFolder();
  const tokens = ['<s>', '<unk>', '404', 'version', '[PAD]', '[UNK]', '[CLS]', '[SEP]'];
  await writeFile(path.join(folder, 'vocab.txt'), tokens.join('\n'));
  expect((await loadTokenizer(folder)).vocabSize).toBe(8);
});

it('says that a folder is one', async () => {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, 'model.safetensors'));
  expect((await complaint(readWeights(folder))).text).toContain('This is a folder');
});
