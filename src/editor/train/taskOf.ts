import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { holdsRelationRows } from '../../corpus/read.ts';
import { asFileError } from '../../foundation/userError.ts';
import { isJsonObject } from '../../foundation/json.ts';
import { statesRelations } from './statesRelations.ts';

const headBytes = 65_536;

/**
 * What files are about: relations where they can be about nothing else, and what `choose` says where documents
 * state relations too.
 */
export async function taskFor(
  files: readonly string[],
  choose: () => Promise<'ner' | 're'>,
): Promise<'ner' | 're'> {
  if ((await taskOf(files)) === 're') return 're';
  return (await statesRelations(files)) ? choose() : 'ner';
}

/** Whether a file holds relation data (rows, or a run that asked for relations) or mentions. */
async function taskOf([file]: readonly string[]): Promise<'ner' | 're'> {
  if (file === undefined) return 'ner';
  if (holdsRelationRows(file, await headOf(file))) return 're';
  return (await taskOfRun(path.dirname(file))) ?? 'ner';
}

async function headOf(file: string): Promise<string> {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw asFileError(error, file);
  }
}

/** What the plan beside a run's texts says. */
async function taskOfRun(folder: string): Promise<'ner' | 're' | undefined> {
  const text = await readFile(path.join(folder, 'run.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const run: unknown = JSON.parse(text);
    const task = isJsonObject(run) ? run['task'] : undefined;
    return task === 'ner' || task === 're' ? task : undefined;
  } catch {
    return undefined;
  }
}
