import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadTokenizer } from '../../../src/model/tokenizer/tokenizer.ts';
import type { Tokenizer } from '../../../src/model/tokenizer/types.ts';
import golden from '../data/model/byteLevel.json' with { type: 'json' };

const files = {
  'tokenizer.json': { 'tokenizer.json': JSON.stringify(golden.tokenizer) },
  'vocab.json and merges.txt': {
    'vocab.json': JSON.stringify({ ...golden.tokenizer.model.vocab, '<mask>': 600 }),
    'merges.txt': `#version: 0.2\n${golden.tokenizer.model.merges.map((pair) => pair.join(' ')).join('\n')}\n`,
    'special_tokens_map.json': JSON.stringify({ mask_token: { content: '<mask>', lstrip: true } }),
  },
};

async function written(content: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chartmark-byte-level-'));
  for (const [name, text] of Object.entries(content)) await writeFile(path.join(folder, name), text);
  return folder;
}

describe.each(Object.entries(files))('the RoBERTa tokenizer of %s', (_, content) => {
  let folder: string;
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    folder = await written(content);
    tokenizer = await loadTokenizer(folder);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(golden.texts)('encodes $text as Hugging Face does', ({ text, ids, offsets }) => {
    const encoded = tokenizer.encode(text);
    expect(encoded.ids).toEqual(ids);
    expect(encoded.offsets.map(({ start, end }) => [start, end])).toEqual(offsets);
  });

  it.each(golden.words)(
    'encodes the words $words as Hugging Face does, none left without a token',
    (example) => {
      const { ids, wordIndex } = tokenizer.encodeWords(example.words);
      const wanted = example.ids.map((id, i) => [example.wordIndex[i] as number, id] as const);
      for (const index of example.words.keys()) {
        if (!example.wordIndex.includes(index)) wanted.push([index, tokenizer.unkId]);
      }
      wanted.sort((a, b) => a[0] - b[0]);
      expect(wordIndex.map((index, i) => [index, ids[i]])).toEqual(wanted);
    },
  );

  it('knows its special tokens', () => {
    const { clsId, padId, sepId, unkId, vocabSize } = tokenizer;
    expect({ clsId, padId, sepId, unkId, vocabSize }).toEqual({
      clsId: 0,
      padId: 1,
      sepId: 2,
      unkId: 3,
      vocabSize: 601,
    });
  });
});

describe('the RoBERTa tokenizer that puts a blank before the text', () => {
  let folder: string;
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    const prefixed = {
      ...golden.tokenizer,
      pre_tokenizer: { ...golden.tokenizer.pre_tokenizer, add_prefix_space: true },
    };
    folder = await written({ 'tokenizer.json': JSON.stringify(prefixed) });
    tokenizer = await loadTokenizer(folder);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(golden.prefixed)('encodes $text as Hugging Face does', ({ text, ids, offsets }) => {
    const encoded = tokenizer.encode(text);
    expect(encoded.ids).toEqual(ids);
    // Hugging Face leaves a blank of the text's own at its beginning in the first token's offsets.
    if (text.startsWith(' ')) return;
    expect(encoded.offsets.map(({ start, end }) => [start, end])).toEqual(offsets);
  });
});
