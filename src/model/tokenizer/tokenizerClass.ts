import path from 'node:path';
import type { JsonObject } from '../../foundation/json.ts';
import type { UserError } from '../../foundation/userError.ts';
import { brokenModel, shortened } from '../brokenModel.ts';

/** Classes that take tokenizer.json as it is, without the settings of tokenizer_config.json. */
const general: ReadonlySet<string> = new Set([
  'PreTrainedTokenizerFast',
  'PreTrainedTokenizer',
  'TokenizersBackend',
]);

/** Classes of transformers that read vocab.txt (WordPiece), or vocab.json and merges.txt (byte pairs), as here. */
const readable: ReadonlySet<string> = new Set([
  ...general,
  'BertTokenizer',
  'BasicTokenizer',
  'ConvBertTokenizer',
  'DistilBertTokenizer',
  'ElectraTokenizer',
  'LayoutLMTokenizer',
  'LxmertTokenizer',
  'MobileBertTokenizer',
  'RetriBertTokenizer',
  'SqueezeBertTokenizer',
  'GPT2Tokenizer',
  'LongformerTokenizer',
  'RobertaTokenizer',
]);

/** Classes that split words with Python packages, whatever other files say. */
const inPython: ReadonlySet<string> = new Set([
  'BertJapaneseTokenizer',
  'BertweetTokenizer',
  'CamembertBioTokenizer',
  'CharacterBertTokenizer',
  'HerbertTokenizer',
  'PhobertTokenizer',
  'TapasTokenizer',
]);

/** The class that a model names, without the ending `Fast`; undefined if it names none. */
function tokenizerClass(config: JsonObject, modelConfig: JsonObject): string | undefined {
  const name = config['tokenizer_class'] ?? modelConfig['tokenizer_class'];
  return typeof name === 'string' && name !== '' ? name.replace(/Fast$/, '') : undefined;
}

/** Whether tokenizer.json decides alone. Otherwise transformers builds the tokenizer from the settings of its class. */
export function isGeneral(config: JsonObject, modelConfig: JsonObject): boolean {
  const name = tokenizerClass(config, modelConfig);
  return name !== undefined && (general.has(name) || general.has(`${name}Fast`));
}

/**
 * Refuses a tokenizer that would be read wrong. `hasTokenizerJson`: tokenizer.json describes how text is split, so the
 * class matters less.
 */
export function refuseOtherClass(
  folder: string,
  config: JsonObject,
  modelConfig: JsonObject,
  hasTokenizerJson: boolean,
): void {
  const settings = path.join(folder, 'tokenizer_config.json');
  const name = tokenizerClass(config, modelConfig);
  if (name !== undefined && (inPython.has(name) || (!hasTokenizerJson && !isReadable(name)))) {
    throw unusable(name, 'tokenizer_class' in config ? settings : path.join(folder, 'config.json'));
  }
  const words = config['word_tokenizer_type'] ?? 'basic';
  const pieces = config['subword_tokenizer_type'] ?? 'wordpiece';
  if (words !== 'basic' || pieces !== 'wordpiece') throw unusable('BertJapaneseTokenizer', settings);
}

function isReadable(name: string): boolean {
  return readable.has(name) || readable.has(`${name}Fast`);
}

/** The error for a kind of tokenizer that cannot be run, by its name. */
export function unusable(kind: string, file: string): UserError {
  return brokenModel(
    file,
    `Tokenizers of the kind ${shortened(kind)} cannot be used.`,
    'Choose a BERT model (WordPiece) or a RoBERTa model (byte-level BPE).',
  );
}
