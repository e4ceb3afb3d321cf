import path from 'node:path';
import { UserError } from '../foundation/userError.ts';
import { askSome } from './ask.ts';
import { noteFiles } from './dataFiles.ts';
import type { OpenProject } from './projects.ts';

/** Files with texts of the user's own, all of them by default. Throws `UserError`, or `CancelledError`. */
export async function askOwnFiles(
  title: string,
  placeHolder: string,
  place: OpenProject,
): Promise<readonly string[]> {
  const files = await noteFiles(place);
  if (files.length === 0) {
    throw new UserError('There are no texts of your own in the folder to compare with.', {
      nextStep: 'Put notes (.txt) or annotated files into it.',
    });
  }
  return askSome(
    title,
    placeHolder,
    files.map((file) => ({
      label: path.basename(file),
      description: path.relative(place.folder, path.dirname(file)),
      picked: true,
      value: file,
    })),
  );
}
