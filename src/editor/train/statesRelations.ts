import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { asFileError } from '../../foundation/userError.ts';

/** A relation in a line of brat standoff, or a relation list of JSONL that is not empty. */
const relation = /^R\d+\t|"relations"\s*:\s*\[\s*\{/u;

/** Whether one of the files says how mentions are related, beside where they are. */
export async function statesRelations(files: readonly string[]): Promise<boolean> {
  for (const file of files) {
    if (/\.(?:ann|jsonl|ndjson)$/iu.test(file) && (await hasLine(file, relation))) return true;
  }
  return false;
}

async function hasLine(file: string, pattern: RegExp): Promise<boolean> {
  const lines = createInterface({ input: createReadStream(file, 'utf8') });
  try {
    for await (const line of lines) if (pattern.test(line)) return true;
    return false;
  } catch (error) {
    throw asFileError(error, file);
  } finally {
    lines.close();
  }
}
