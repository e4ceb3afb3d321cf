import { UserError } from '../../foundation/userError.ts';
import { licenceFileNames } from '../licenceFileNames.ts';
import { tokenizerFileNames } from '../tokenizer/fileNames.ts';
import type { HubFile, HubListing } from './listing.ts';

/** Taken where they are there; nothing else of a model on a hub is needed. */
const small: ReadonlySet<string> = new Set([
  'config.json',
  ...tokenizerFileNames,
  ...licenceFileNames,
  'README.md',
]);

/** The forms of weights that can be read, the best first. */
const weights: readonly RegExp[] = [
  /^model\.safetensors$/,
  /^model(?:-\d{5}-of-\d{5}\.safetensors|\.safetensors\.index\.json)$/,
  /^pytorch_model\.bin$/,
  /^pytorch_model(?:-\d{5}-of-\d{5}\.bin|\.bin\.index\.json)$/,
];

/**
 * What a base encoder needs of a model: its settings, its tokenizer and one form of its weights, the small
 * files first. Throws `UserError` when one of these is not there.
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
    throw fail('no tokenizer that can be read: neither tokenizer.json, vocab.txt nor vocab.json');
  }
  for (const form of weights) {
    const own = files.filter(({ name }) => form.test(name));
    if (own.length > 0) return [...needed, ...own].sort((a, b) => a.size - b.size);
  }
  throw fail('no weights that can be read: neither model.safetensors nor pytorch_model.bin');
}
