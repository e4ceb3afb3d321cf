import { UserError } from '../foundation/userError.ts';
import { askOne } from './ask.ts';
import { syntheticRuns } from './dataFiles.ts';
import type { OpenProject } from './projects.ts';

/** The folder of a run: the one that there is, or the one that the user picks. Throws `UserError`, or `CancelledError`. */
export async function askRun(title: string, { synthetic }: OpenProject): Promise<string> {
  const runs = await syntheticRuns(synthetic);
  const [only, ...more] = runs;
  if (only === undefined) {
    throw new UserError('There is no synthetic text yet.', {
      nextStep: 'Run "Chartmark: Generate Synthetic Notes" first.',
    });
  }
  if (more.length === 0) return only.folder;
  return askOne(
    title,
    'Which run?',
    runs.map(({ name, folder }) => ({ label: name, value: folder })),
  );
}
