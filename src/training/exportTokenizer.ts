import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isJsonObject } from '../foundation/json.ts';
import { copyIfThere, mayCopy } from '../model/copiedFile.ts';
import type { ModelFamily } from '../model/folder.ts';
import { readOptionalJsonObject } from '../model/jsonFile.ts';
import { licenceFileNames } from '../model/licenceFileNames.ts';
import { tokenizerFileNames } from '../model/tokenizer/fileNames.ts';
import { readTokenizerFiles } from '../model/tokenizer/files.ts';
import type { Head } from './parameters.ts';

const copiedFiles = [...tokenizerFileNames, ...licenceFileNames];

/**
 * Throws `UserError` if a file that `exportTokenizer` would copy may not be copied, or config.json, whose settings are kept
 * in the trained model.
 */
export async function checkCopied(base: string): Promise<void> {
  for (const name of ['config.json', ...copiedFiles]) await mayCopy(base, name);
}

/**
 * Copies the tokenizer and licence files of a base folder, as far as they exist, so that every program splits text as
 * in training. A RoBERTa token classifier is trained on words with a space before each, so its tokenizer is changed to
 * add one before the first word of a text. For BERT with only a vocab.txt, the configuration then says whether it is
 * cased.
 */
export async function exportTokenizer(
  base: string,
  folder: string,
  family: ModelFamily,
  head: Head,
): Promise<void> {
  const copied = new Set<string>();
  for (const name of copiedFiles) {
    if (await copyIfThere(base, name, folder)) copied.add(name);
  }
  if (family === 'roberta' && head.kind === 'tokens') await prefixBlank(folder);
  if (family === 'bert' && copied.has('vocab.txt') && !copied.has('tokenizer.json')) await sayCase(folder);
}

async function sayCase(folder: string): Promise<void> {
  const { normalizer } = await readTokenizerFiles(folder);
  const configFile = path.join(folder, 'tokenizer_config.json');
  const config = (await readOptionalJsonObject(configFile)) ?? { tokenizer_class: 'BertTokenizer' };
  await writeJson(configFile, { ...config, do_lower_case: normalizer['lowercase'] !== false });
}

async function prefixBlank(folder: string): Promise<void> {
  const configFile = path.join(folder, 'tokenizer_config.json');
  const config = (await readOptionalJsonObject(configFile)) ?? { tokenizer_class: 'RobertaTokenizer' };
  await writeJson(configFile, { ...config, add_prefix_space: true });
  const file = path.join(folder, 'tokenizer.json');
  const tokenizer = await readOptionalJsonObject(file);
  if (tokenizer === undefined) return;
  const changed = Object.fromEntries(
    ['pre_tokenizer', 'post_processor'].flatMap((key) => {
      const part = tokenizer[key];
      return isJsonObject(part) && 'add_prefix_space' in part
        ? [[key, { ...part, add_prefix_space: true }]]
        : [];
    }),
  );
  await writeJson(file, { ...tokenizer, ...changed });
}

async function writeJson(file: string, value: object): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, undefined, 2)}\n`);
}
