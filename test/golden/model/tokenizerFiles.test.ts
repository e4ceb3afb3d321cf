import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadTokenizer } from '../../../src/model/tokenizer/tokenizer.ts';
import type { Tokenizer } from '../../../src/model/tokenizer/types.ts';
import golden from '../data/model/tokenizerFiles.json' with { type: 'json' };

const shared: Readonly<Record<string, unknown>> = golden.shared;

describe.each(golden.cases)('a tokenizer with $name', ({ files, texts }) => {
  let folder: string;
  let tokenizer: Tokenizer;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'chartmark-tokenizer-files-'));
    for (const [name, own] of Object.entries(files)) {
      const content: unknown = own ?? shared[name];
      await writeFile(
        path.join(folder, name),
        typeof content === 'string' ? content : JSON.stringify(content),
      );
    }
    tokenizer = await loadTokenizer(folder);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(texts)('encodes "$text" as transformers does', ({ text, ids, offsets }) => {
    const encoded = tokenizer.encode(text);
    expect(encoded.ids).toEqual(ids);
    expect(encoded.offsets.map(({ start, end }) => [start, end])).toEqual(offsets);
  });
});
