import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadTokenizer } from '../../../src/model/tokenizer/tokenizer.ts';
import type { Tokenizer } from '../../../src/model/tokenizer/types.ts';
import golden from '../data/model/tokenizer.json' with { type: 'json' };

const shipped = 'models/all-MiniLM-L6-v2/tokenizer.json';

describe.each(golden.variants)('the $name BERT tokenizer', ({ normalizer, addedTokens, texts, words }) => {
  let folder: string;
  let tokenizer: Tokenizer;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'chartmark-tokenizer-'));
    const base = JSON.parse(await readFile(shipped, 'utf8')) as object;
    const variant = { ...base, normalizer, added_tokens: addedTokens };
    await writeFile(path.join(folder, 'tokenizer.json'), JSON.stringify(variant));
    tokenizer = await loadTokenizer(folder);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it.each(texts)('encodes $text as Hugging Face does', ({ text, ids, offsets }) => {
    const encoded = tokenizer.encode(text);
    expect(encoded.ids).toEqual(ids);
    expect(encoded.offsets.map(({ start, end }) => [start, end])).toEqual(offsets);
  });

  it.each(words)('encodes the words $words as Hugging Face does, none left without a token', (example) => {
    const encoded = tokenizer.encodeWords(example.words);
    const empty = example.words
      .map((_, index) => index)
      .filter((index) => !example.wordIndex.includes(index));
    const pairs = example.ids.map((id, i) => [example.wordIndex[i], id]);
    for (const index of empty) pairs.push([index, tokenizer.unkId]);
    pairs.sort((a, b) => (a[0] as number) - (b[0] as number));
    expect(encoded.wordIndex.map((index, i) => [index, encoded.ids[i]])).toEqual(pairs);
  });
});

it('reads vocab.txt alone as the same tokenizer', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chartmark-vocabulary-'));
  await writeFile(
    path.join(folder, 'vocab.txt'),
    await readFile('models/all-MiniLM-L6-v2/vocab.txt', 'utf8'),
  );
  const fromVocabulary = await loadTokenizer(folder);
  const fromTokenizerJson = await loadTokenizer('models/all-MiniLM-L6-v2');
  for (const { text } of golden.variants[0]?.texts ?? []) {
    expect(fromVocabulary.encode(text)).toEqual(fromTokenizerJson.encode(text));
  }
  await rm(folder, { recursive: true });
});
