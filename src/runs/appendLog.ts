import { open } from 'node:fs/promises';
import { asFileError } from '../foundation/userError.ts';
import { groupCommit } from './groupCommit.ts';

export interface AppendLog {
  /** Resolves once the content is on disk (`fdatasync`). Throws `UserError`. After a failure every later call fails too. */
  append(content: string): Promise<void>;
  /** Waits until everything is on disk, then closes the file. */
  close(): Promise<void>;
}

export async function openAppendLog(file: string): Promise<AppendLog> {
  const handle = await open(file, 'a').catch((error: unknown) => {
    throw asFileError(error, file);
  });
  const commits = groupCommit<string>(async (contents) => {
    try {
      await handle.appendFile(contents.join(''));
      await handle.datasync();
    } catch (error) {
      throw asFileError(error, file);
    }
  });
  return {
    append: async (content) => {
      if (content !== '') await commits.add(content);
    },
    close: async () => {
      await commits.idle();
      await handle.close();
    },
  };
}
