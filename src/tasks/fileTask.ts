import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { holdsRelationRows } from '../corpus/read.ts';
import { sizeOfFile } from '../foundation/readFiles.ts';
import { asFileError } from '../foundation/userError.ts';
import { findRunDescription } from '../runs/runDescription.ts';

const headBytes = 65_536;

/**
 * What files are about: relations if they can be about nothing else; what `choose` says if documents state relations
 * too; otherwise mentions. Throws `UserError` if a file cannot be read.
 */
export async function taskFor(
  files: readonly string[],
  choose: () => Promise<'ner' | 're'>,
): Promise<'ner' | 're'> {
  const [first] = files;
  if (first === undefined) return 'ner';
  if (holdsRelationRows(first, await headOf(first))) return 're';
  // A run says what it asked for.
  const run = await findRunDescription(path.dirname(first)).catch(() => undefined);
  if (run?.task === 're') return 're';
  return (await stateRelations(files)) ? choose() : 'ner';
}

async function headOf(file: string): Promise<string> {
  await sizeOfFile(file);
  return textOf(createReadStream(file, { encoding: 'utf8', end: headBytes - 1 })).catch((error: unknown) => {
    throw asFileError(error, file);
  });
}

/** A relation in a line of brat standoff, or a relation list of JSONL that is not empty. */
const relation = /^R\d+\t|"relations"\s*:\s*\[\s*\{/u;

/** Whether one of the files says how mentions are related, and not only where they are. */
async function stateRelations(files: readonly string[]): Promise<boolean> {
  for (const file of files) {
    if (/\.(?:ann|jsonl|ndjson)$/iu.test(file) && (await hasLine(file, relation))) return true;
  }
  return false;
}

async function hasLine(file: string, pattern: RegExp): Promise<boolean> {
  await sizeOfFile(file);
  const handle = await open(file).catch((error: unknown) => {
    throw asFileError(error, file);
  });
  try {
    for await (const line of handle.readLines()) if (pattern.test(line)) return true;
    return false;
  } finally {
    await handle.close();
  }
}
