import path from 'node:path';
import { takeLock } from '../foundation/lock.ts';
import { runFiles } from './runFiles.ts';

/**
 * Locks the folder of a run against other processes, and returns the function that unlocks it. Throws `UserError` if
 * another run uses the folder.
 */
export function lockRun(folder: string): Promise<() => Promise<void>> {
  return takeLock(path.resolve(folder, runFiles.lock), 'Another run is writing to this folder');
}
