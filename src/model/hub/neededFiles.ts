import { UserError } from '../../foundation/userError.ts';
import { licenceFileNames } from '../licenceFileNames.ts';
import { tokenizerFileNames } from '../tokenizer/fileNames.ts';
import type { HubFile, HubListing } from './listing.ts';

/** Files to download if they exist. */
const small: ReadonlySet<string> = new Set([
  'config.json',
  ...tokenizerFileNames,
  ...licenceFileNames,
  'README.md',
]);

/** The readable forms of weights, best first. */
const weights: readonly RegExp[] = [
  /^model\.safetensors$/,
  /^model(?:-\d{5}-of-\d{5}\.safetensors|\.safetensors\.index\.json)$/,
  /^pytorch_model\.bin$/,
  /^pytorch_model(?:-\d{5}-of-\d{5}\.bin|\.bin\.index\.json)$/,
];

/**
 * The files of a model that a base encoder needs: settings, tokenizer, licence and one form of the weights, small files
 * first. Throws `UserError` if the settings, the tokenizer or the weights are missing.
 */
export function neededFiles({ place, files }: HubListing): readonly HubFile[] {
  const fail = (what: string): UserError =>
    new UserError(`The model ${place.id} has ${what}.`, {
      nextStep: 'Choose a BERT or RoBERTa encoder for PyTorch.',
    });
  const needed = files.filter(({ name }) => small.has(name));
  const has = (name: string): boolean => needed.some((file) => file.name === name);
  if (!has('config.json')) throw fail('no config.json');
  if (!has('tokenizer.json') && !has('vocab.txt') && !(has('vocab.json') && has('merges.txt'))) {
    throw fail('no tokenizer that can be read (tokenizer.json, vocab.txt, or vocab.json with merges.txt)');
  }
  for (const form of weights) {
    const own = files.filter(({ name }) => form.test(name));
    if (own.length > 0) return [...needed, ...own].sort((a, b) => a.size - b.size);
  }
  throw fail('no weights that can be read (model.safetensors or pytorch_model.bin)');
}
