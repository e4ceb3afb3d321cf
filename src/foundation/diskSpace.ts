import { statfs } from 'node:fs/promises';
import { memorySize } from './memorySize.ts';
import { UserError } from './userError.ts';

/** Throws `UserError` if the disk of `folder` has less than `needed` bytes left. `what` names what needs them. */
export async function checkDiskSpace(folder: string, needed: number, what: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= needed) return;
  throw new UserError(
    `The disk has ${memorySize(bavail * bsize)} left, but ${what} needs ${memorySize(needed)}.`,
    { place: { file: folder }, nextStep: 'Free some space and try again.' },
  );
}
