import { rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readModelConfig, readModelInfo } from '../../../src/model/folder.ts';
import { loadSequenceClassifier } from '../../../src/model/sequenceClassifier.ts';
import { loadTokenClassifier } from '../../../src/model/tokenClassifier.ts';
import { loadTokenizer } from '../../../src/model/tokenizer/tokenizer.ts';
import { complaint } from './complaint.ts';
import { temporaryFolder, writeTinyModel } from './tinyModel.ts';

const tiny = { kind: 'tokens', labels: ['O', 'B-X', 'I-X'], tokens: { a: [0, 1, 0] } } as const;

describe('loading a classifier says what is wrong', () => {
  it('with a folder that is not there', async () => {
    const { file, text } = await complaint(loadTokenClassifier('no-such-model'));
    expect(file).toBe('no-such-model');
    expect(text).toContain('does not exist');
  });

  it.each(['config.json', 'model.onnx'])('with a missing %s', async (name) => {
    const folder = await writeTinyModel(tiny);
    await rm(path.join(folder, name));
    expect((await complaint(loadTokenClassifier(folder))).file).toBe(name);
  });

  it('with no tokenizer', async () => {
    const folder = await writeTinyModel(tiny);
    await rm(path.join(folder, 'vocab.txt'));
    expect((await complaint(loadTokenClassifier(folder))).text).toContain(
      'neither tokenizer.json nor vocab.txt',
    );
  });

  it.each(['config.json', 'tokenizer.json', 'tokenizer_config.json', 'chartmark.json'])(
    'with a %s that is cut off',
    async (name) => {
      const folder = await writeTinyModel(tiny);
      await writeFile(path.join(folder, name), '{"a": [1,');
      const { file, text } = await complaint(loadTokenClassifier(folder));
      expect(file).toBe(name);
      expect(text).toContain('not valid JSON');
    },
  );

  it.each(['config.json', 'tokenizer.json'])('with a %s that is a list', async (name) => {
    const folder = await writeTinyModel(tiny);
    await writeFile(path.join(folder, name), '[]');
    expect((await complaint(loadTokenClassifier(folder))).text).toContain('not a JSON object');
  });

  it('with a graph that is cut off', async () => {
    const folder = await writeTinyModel(tiny);
    await truncate(path.join(folder, 'model.onnx'), 100);
    const { file, text } = await complaint(loadTokenClassifier(folder));
    expect(file).toBe('model.onnx');
    expect(text).toContain('cannot be loaded');
  });

  it('with an encoder that was not trained', async () => {
    const { file, text } = await complaint(loadTokenClassifier('models/all-MiniLM-L6-v2'));
    expect(file).toBe('config.json');
    expect(text).toContain('Train a model on it first');
  });

  it('with labels that have gaps', async () => {
    const folder = await writeTinyModel({ ...tiny, config: { id2label: { 0: 'O', 2: 'B-X' } } });
    expect((await complaint(loadTokenClassifier(folder))).text).toContain('0, 1, 2');
  });

  it('with a config that lacks the length', async () => {
    const folder = await writeTinyModel({ ...tiny, config: { max_position_embeddings: 'long' } });
    expect((await complaint(loadTokenClassifier(folder))).text).toContain('max_position_embeddings');
  });

  it('with a tokenizer that knows more tokens than the model', async () => {
    const folder = await writeTinyModel({ ...tiny, config: { vocab_size: 3 } });
    expect((await complaint(loadTokenClassifier(folder))).text).toContain(
      '5 tokens, but the model knows only 3',
    );
  });

  it('with a record that is none', async () => {
    const folder = await writeTinyModel(tiny);
    await writeFile(path.join(folder, 'chartmark.json'), '{"task":"poetry"}');
    expect((await complaint(loadTokenClassifier(folder))).file).toBe('chartmark.json');
  });

  it('with a vocabulary that lacks a special token', async () => {
    const folder = await writeTinyModel(tiny);
    await writeFile(path.join(folder, 'vocab.txt'), '[PAD]\n[UNK]\n[CLS]\na\n');
    const { file, text } = await complaint(loadTokenClassifier(folder));
    expect(file).toBe('vocab.txt');
    expect(text).toContain('[SEP]');
  });
});

describe('running a classifier says what is wrong', () => {
  it('with another number of labels than the graph has', async () => {
    const folder = await writeTinyModel({ ...tiny, config: { id2label: { 0: 'O', 1: 'B-X' } } });
    const { file, text } = await complaint(runTokens(folder));
    expect(file).toBe('model.onnx');
    expect(text).toContain('has 3 labels, but config.json names 2');
  });

  it('with a model of the other task', async () => {
    expect((await complaint(runTokens(await writeTinyModel({ ...tiny, kind: 'sequences' })))).text).toContain(
      'token-classification',
    );
    const tokens = await writeTinyModel(tiny);
    expect((await complaint(runSequences(tokens))).text).toContain('sequence-classification');
  });
});

async function runTokens(folder: string): Promise<unknown> {
  const classifier = await loadTokenClassifier(folder);
  return classifier.annotate([{ id: 'd', text: 'a', spans: [], relations: [], attributes: [], meta: {} }]);
}

async function runSequences(folder: string): Promise<unknown> {
  const classifier = await loadSequenceClassifier(folder);
  return classifier.classify([{ text: 'a' }]);
}

describe('a tokenizer', () => {
  it.each([
    ['pieces with scores', { model: { type: 'Unigram', vocab: [['a', 0]] } }, 'kind Unigram (SentencePiece)'],
    ['pieces with scores, without a type', { model: { vocab: [['a', 0]] } }, 'kind Unigram (SentencePiece)'],
    ['whole words', { model: { type: 'WordLevel', vocab: {} } }, 'kind WordLevel'],
    ['an unknown kind', { model: {} }, 'kind unknown'],
    [
      'byte pairs after words split at white space',
      { model: { type: 'BPE', vocab: {} }, pre_tokenizer: { type: 'Whitespace' } },
      'pre-tokenizer "Whitespace"',
    ],
    ['a vocabulary that is a list', { model: { type: 'WordPiece', vocab: ['a'] } }, 'model.vocab'],
    ['an id that is not a number', { model: { type: 'WordPiece', vocab: { a: 'b' } } }, 'the id of "a"'],
    [
      'an added token without content',
      { model: { type: 'WordPiece', vocab: {} }, added_tokens: [{}] },
      'added',
    ],
    [
      'added tokens that are not a list',
      { model: { type: 'WordPiece', vocab: {} }, added_tokens: 1 },
      'not a list',
    ],
    [
      'a normalizer that is unknown',
      { model: { type: 'WordPiece', vocab: {} }, normalizer: { type: 'NFKC' } },
      'normalizer "NFKC"',
    ],
    [
      'a pre-tokenizer that is unknown',
      { model: { type: 'WordPiece', vocab: {} }, normalizer: { type: 'BertNormalizer' } },
      'pre-tokenizer',
    ],
  ])('of %s is refused', async (_, content, message) => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'tokenizer.json'), JSON.stringify(content));
    const { file, text } = await complaint(loadTokenizer(folder));
    expect(file).toBe('tokenizer.json');
    expect(text).toContain(message);
  });
});

describe('a tokenizer of another kind', () => {
  const vocabulary = '[PAD]\n[UNK]\n[CLS]\n[SEP]\na\n';

  it.each([
    [
      'its class in tokenizer_config.json',
      { 'tokenizer_config.json': { tokenizer_class: 'BertJapaneseTokenizer' } },
    ],
    ['its class in config.json', { 'config.json': { tokenizer_class: 'BertJapaneseTokenizer' } }],
    ['how it splits words', { 'tokenizer_config.json': { word_tokenizer_type: 'mecab' } }],
    ['how it splits pieces', { 'tokenizer_config.json': { subword_tokenizer_type: 'character' } }],
  ])('is refused by name, known by %s', async (_, files: Readonly<Record<string, object>>) => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'vocab.txt'), vocabulary);
    for (const [name, content] of Object.entries(files)) {
      await writeFile(path.join(folder, name), JSON.stringify(content));
    }
    const { file, text } = await complaint(loadTokenizer(folder));
    expect(file).toBe(Object.keys(files)[0]);
    expect(text).toContain('Tokenizers of the kind BertJapaneseTokenizer cannot be used.');
  });

  it.each([
    'XLNetTokenizer',
    'AlbertTokenizerFast',
    'BertweetTokenizer',
    'CanineTokenizer',
    'SomebodysTokenizer',
  ])('is refused by the name of its class: %s', async (name) => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'vocab.txt'), vocabulary);
    await writeFile(path.join(folder, 'tokenizer_config.json'), JSON.stringify({ tokenizer_class: name }));
    expect((await complaint(loadTokenizer(folder))).text).toContain(
      `kind ${name.replace('Fast', '')} cannot`,
    );
  });

  it.each([
    ['bpe.codes', 'BPE with bpe.codes'],
    ['spiece.model', 'SentencePiece'],
    ['sentencepiece.bpe.model', 'SentencePiece'],
    ['tokenizer.model', 'SentencePiece'],
    ['cl100k.tiktoken', 'tiktoken'],
  ])('is refused by its file %s', async (name, kind) => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'vocab.txt'), vocabulary);
    await writeFile(path.join(folder, name), 'a b 1\n');
    const { file, text } = await complaint(loadTokenizer(folder));
    expect(file).toBe(name);
    expect(text).toContain(`kind ${kind}`);
  });

  it('is not one whose tokenizer.json can be read, whatever its class', async () => {
    const folder = await temporaryFolder();
    const vocab = Object.fromEntries(
      vocabulary
        .trim()
        .split('\n')
        .map((token, id) => [token, id]),
    );
    const model = { vocab, unk_token: '[UNK]', continuing_subword_prefix: '##' };
    const bert = { normalizer: { type: 'BertNormalizer' }, pre_tokenizer: { type: 'BertPreTokenizer' } };
    await writeFile(path.join(folder, 'tokenizer.json'), JSON.stringify({ ...bert, model }));
    await writeFile(path.join(folder, 'spiece.model'), 'unused');
    await writeFile(
      path.join(folder, 'tokenizer_config.json'),
      '{"tokenizer_class":"SomebodysTokenizerFast"}',
    );
    expect((await loadTokenizer(folder)).encode('a').ids).toEqual([4]);
  });
});

describe('added tokens', () => {
  it('may be many, and text with the beginning of many of them is split quickly', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'vocab.txt'), '[PAD]\n[UNK]\n[CLS]\n[SEP]\nx\n');
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`[[${i}]`, 5 + i]));
    await writeFile(path.join(folder, 'added_tokens.json'), JSON.stringify(many));
    const tokenizer = await loadTokenizer(folder);
    const started = performance.now();
    const { ids } = tokenizer.encode(`${'[['.repeat(20_000)}[[7] x`);
    expect(ids.slice(-2)).toEqual([12, 4]);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it.each([
    ['added_tokens.json', { a: 'b' }],
    ['added_tokens.json', { a: -1 }],
    ['tokenizer_config.json', { added_tokens_decoder: [] }],
    ['tokenizer_config.json', { added_tokens_decoder: { x: { content: 'a' } } }],
    ['tokenizer_config.json', { added_tokens_decoder: { 7: 'a' } }],
  ])('that are none are refused: %s %j', async (name, content) => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'vocab.txt'), '[PAD]\n[UNK]\n[CLS]\n[SEP]\n');
    await writeFile(path.join(folder, name), JSON.stringify(content));
    expect((await complaint(loadTokenizer(folder))).file).toBe(name);
  });
});

describe('the config of an encoder', () => {
  it('is read from the shipped one', async () => {
    expect(await readModelConfig('models/all-MiniLM-L6-v2')).toEqual({
      family: 'bert',
      architecture: 'BertModel',
      hiddenSize: 384,
      layers: 6,
      heads: 12,
      intermediateSize: 1536,
      vocabSize: 30_522,
      maxPositions: 512,
      firstPosition: 0,
      typeVocabSize: 2,
      layerNormEps: 1e-12,
      hiddenAct: 'gelu',
      hiddenDropout: 0.1,
      attentionDropout: 0.1,
    });
    expect(await readModelInfo('models/all-MiniLM-L6-v2')).toBeUndefined();
  });

  it.each([
    ['of another family', { model_type: 'gpt2' }, '"gpt2"'],
    ['of nothing', { name: 'a package' }, 'hidden_size are missing'],
    ['with a size that is none', { model_type: 'bert', num_hidden_layers: '12' }, 'num_hidden_layers'],
    [
      'with a million layers',
      {
        hidden_size: 8,
        num_attention_heads: 2,
        num_hidden_layers: 1e6,
        intermediate_size: 8,
        vocab_size: 8,
        max_position_embeddings: 8,
        type_vocab_size: 2,
      },
      'no encoder has that many',
    ],
    ['with a dropout of 5', { model_type: 'bert', hidden_dropout_prob: 5 }, 'hidden_dropout_prob'],
    ['with a negative epsilon', { model_type: 'bert', layer_norm_eps: -1 }, 'layer_norm_eps'],
    ['with a long type', { model_type: 'b'.repeat(1e6) }, 'bbb...'],
    ['with a long position type', { position_embedding_type: 'p'.repeat(1e6), model_type: 'bert' }, 'ppp...'],
    ['with heads that do not fit', { hidden_size: 8, num_attention_heads: 3 }, 'not a multiple'],
  ])('%s is refused', async (_, config, message) => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'config.json'), JSON.stringify(config));
    const { file, text } = await complaint(readModelConfig(folder));
    expect(file).toBe('config.json');
    expect(text).toContain(message);
    expect(text.length).toBeLessThan(600);
  });

  it('is refused if it is nested so deeply that it could not be written again', async () => {
    const folder = await temporaryFolder();
    const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    for (const name of ['config.json', 'tokenizer_config.json', 'tokenizer.json']) {
      await writeFile(path.join(folder, name), `{"model_type": "bert", "more": ${nested}}`);
      const { file, text } = await complaint(
        name === 'config.json' ? readModelConfig(folder) : loadTokenizer(folder),
      );
      expect(file).toBe(name);
      expect(text).toContain('nested too deeply');
      await rm(path.join(folder, name));
    }
  });
});

describe('a config without some keys', () => {
  it.each([
    ['bert', { vocabSize: 30_522, maxPositions: 512, firstPosition: 0 }],
    ['roberta', { vocabSize: 50_265, maxPositions: 510, firstPosition: 2 }],
  ])('has the values of transformers: %s', async (model_type, expected) => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'config.json'), JSON.stringify({ model_type }));
    expect(await readModelConfig(folder)).toMatchObject({
      family: model_type,
      hiddenSize: 768,
      layers: 12,
      heads: 12,
      intermediateSize: 3072,
      typeVocabSize: 2,
      layerNormEps: 1e-12,
      hiddenAct: 'gelu',
      ...expected,
    });
  });
});

describe('a vocab.txt that ends early', () => {
  const lines = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'fev'];

  it.each([
    ['within a line, is refused', '', 100, 'only 5 of 100 tokens'],
    ['after a line, is read: models may have more rows than tokens', '\n', 100, undefined],
    ['within a line, but is nearly whole, is read', '', 5, undefined],
    ['within a line of an unknown number, is read', '', undefined, undefined],
  ])('%s', async (_, end, vocab_size, message) => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'vocab.txt'), `${lines.join('\n')}${end}`);
    await writeFile(path.join(folder, 'config.json'), JSON.stringify({ model_type: 'bert', vocab_size }));
    if (message === undefined) expect((await loadTokenizer(folder)).vocabSize).toBe(5);
    else expect((await complaint(loadTokenizer(folder))).text).toContain(message);
  });
});

describe('a vocab.txt without settings', () => {
  it.each([
    ['has capitals, is cased', ['fever', 'Fever'], [5]],
    ['has none, is not', ['fever', 'chill'], [4]],
  ])('that %s', async (_, tokens, ids) => {
    const folder = await temporaryFolder();
    await writeFile(
      path.join(folder, 'vocab.txt'),
      ['[PAD]', '[UNK]', '[CLS]', '[SEP]', ...tokens].join('\n'),
    );
    expect((await loadTokenizer(folder)).encode('Fever').ids).toEqual(ids);
  });
});
