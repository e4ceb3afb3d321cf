import path from 'node:path';
import { expect } from 'vitest';
import { UserError } from '../../../src/foundation/userError.ts';

/** What a person would read: the file it is about, what is wrong, what to do. */
export async function complaint(work: Promise<unknown>): Promise<{ file: string; text: string }> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) throw new Error('expected a UserError', { cause: error });
  expect(error.nextStep).toMatch(/\.$/);
  return { file: path.basename(error.place?.file ?? ''), text: error.describe() };
}
