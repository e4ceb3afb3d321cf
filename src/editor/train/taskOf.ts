import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sniffFormat } from '../../corpus/read.ts';
import { asFileError } from '../../foundation/userError.ts';
import { isJsonObject } from '../../foundation/json.ts';

const headBytes = 65_536;

/** Whether a file holds relation data (rows, or a run that asked for relations) or mentions. */
export async function taskOf([file]: readonly string[]): Promise<'ner' | 're'> {
  if (file === undefined) return 'ner';
  if (sniffFormat(file, await headOf(file)) === 'relations') return 're';
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
