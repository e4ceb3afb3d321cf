import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { JsonObject, JsonValue } from '../../foundation/json.ts';
import { readTextIfThere } from '../../foundation/readFiles.ts';
import { UserError, asFileError } from '../../foundation/userError.ts';
import { brokenModel } from '../brokenModel.ts';
import { readOptionalJsonObject } from '../jsonFile.ts';
import { refusePlaceholder } from '../placeholder.ts';
import { type AddedFiles, readAddedFiles, withIds } from './addedFiles.ts';
import { specialTokens } from './special.ts';
import { unusable } from './tokenizerClass.ts';
import type { TokenizerFiles } from './types.ts';
import { readVocabulary } from './vocabulary.ts';

/**
 * Reads the tokenizer of a folder without tokenizer.json: `vocab.txt` (BERT), or `vocab.json` and `merges.txt`
 * (RoBERTa), converted to the form of tokenizer.json. Throws `UserError` if neither exists.
 */
export async function readOlderFiles(
  folder: string,
  config: JsonObject,
  modelConfig: JsonObject,
): Promise<TokenizerFiles> {
  await refuseOtherFiles(folder);
  const added = await readAddedFiles(folder, config, undefined);
  const vocabularyFile = path.join(folder, 'vocab.txt');
  const wordPiece = await readLines(vocabularyFile);
  if (wordPiece !== undefined) {
    refuseCutOff(vocabularyFile, wordPiece, modelConfig['vocab_size']);
    return fromVocabulary(vocabularyFile, wordPiece.lines, config, added);
  }
  const file = path.join(folder, 'vocab.json');
  const vocabulary = await readOptionalJsonObject(file);
  if (vocabulary === undefined) {
    throw new UserError('The model folder has no tokenizer: neither tokenizer.json nor vocab.txt.', {
      place: { file: folder },
      nextStep: 'Copy one of them from the source of the model.',
    });
  }
  const merges = path.join(folder, 'merges.txt');
  const pairs = await readLines(merges);
  if (pairs === undefined) throw asFileError({ code: 'ENOENT' }, merges);
  return fromMerges(file, readVocabulary(vocabulary, file, 'the file'), pairs.lines, config, added);
}

/** Some vocabularies have fewer tokens than the model, but not many fewer, and some have no last line end. */
const leastShare = 0.9;

function refuseCutOff(file: string, { lines, ended }: Lines, size: JsonValue | undefined): void {
  if (ended || typeof size !== 'number' || lines.length >= size * leastShare) return;
  throw brokenModel(
    file,
    `The vocabulary has only ${lines.length} of ${size} tokens and ends within a line: it was not downloaded completely.`,
  );
}

/** Files of other kinds of tokenizers; a vocab.txt beside `bpe.codes` is not one of WordPiece. */
const otherFiles: Readonly<Record<string, string>> = {
  'bpe.codes': 'BPE with bpe.codes (BERTweet, PhoBERT)',
  'spiece.model': 'SentencePiece',
  'spm.model': 'SentencePiece',
  'sentencepiece.bpe.model': 'SentencePiece',
  'tokenizer.model': 'SentencePiece',
  'tekken.json': 'tiktoken',
};

async function refuseOtherFiles(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const kind = Object.hasOwn(otherFiles, name)
      ? otherFiles[name]
      : name.endsWith('.tiktoken')
        ? 'tiktoken'
        : undefined;
    if (kind !== undefined) throw unusable(kind, path.join(folder, name));
  }
}

/** One token per line; its id is the number of the line, from 0. */
function fromVocabulary(
  file: string,
  tokens: readonly string[],
  config: JsonObject,
  added: AddedFiles,
): TokenizerFiles {
  const special = specialTokens('WordPiece', added.settings);
  const vocabulary = new Map(tokens.map((token, id) => [token, id]));
  return {
    file,
    kind: 'WordPiece',
    vocabulary,
    added: withIds(added, special, vocabulary),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: config['tokenize_chinese_chars'] ?? true,
      strip_accents: config['strip_accents'] ?? null,
      lowercase: config['do_lower_case'] ?? !isCased(tokens),
    },
    preTokenizer: { type: 'BertPreTokenizer' },
    model: { type: 'WordPiece' },
    special,
  };
}

/** Whether a vocabulary has capital letters. Cased models often have no file that says that they are cased. */
function isCased(tokens: readonly string[]): boolean {
  return tokens.some((token) => !token.startsWith('[') && token !== token.toLowerCase());
}

/** One pair per line, in the order in which they are joined; a line `#version` is ignored. */
function fromMerges(
  file: string,
  vocabulary: ReadonlyMap<string, number>,
  lines: readonly string[],
  config: JsonObject,
  added: AddedFiles,
): TokenizerFiles {
  const special = specialTokens('BPE', added.settings);
  const merges = lines.filter((line) => line !== '' && !line.startsWith('#version'));
  return {
    file,
    kind: 'BPE',
    vocabulary,
    added: withIds(added, special, vocabulary),
    normalizer: {},
    preTokenizer: { type: 'ByteLevel', add_prefix_space: config['add_prefix_space'] ?? false },
    model: { type: 'BPE', merges },
    special,
  };
}

interface Lines {
  readonly lines: readonly string[];
  /** Whether the last line has a line end. */
  readonly ended: boolean;
}

/** Undefined if there is no such file. */
async function readLines(file: string): Promise<Lines | undefined> {
  const text = await readTextIfThere(file);
  if (text === undefined) return undefined;
  refusePlaceholder(file, text, text.length);
  const lines = text.split(/\r?\n/);
  const ended = lines.at(-1) === '';
  if (ended) lines.pop();
  return { lines, ended };
}
