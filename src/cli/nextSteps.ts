import path from 'node:path';
import type { Balance } from '../generation/balance/balance.ts';
import { runFiles } from '../runs/runFiles.ts';
import { shownPath } from './context.ts';

/** Where the files of a run lie, and what to do with them, in lines for a person. */
export function nextSteps(folder: string, { mixed, texts }: Balance): readonly string[] {
  const shown = quoted(shownPath(folder));
  const file = (name: 'accepted' | 'rejected' | 'report'): string =>
    shownPath(path.join(folder, runFiles[name]));
  return [
    `Files: ${file('accepted')}, ${file('rejected')} (with reasons), ${file('report')}`,
    ...((mixed?.names ?? 0) > 0
      ? [`Have a model check the names that are tagged in some texts only: chartmark verify ${shown}`]
      : []),
    ...(texts === 0
      ? []
      : [
          `Next: review the texts in the editor (Review Synthetic Notes), then train: chartmark train --train ${shown}`,
        ]),
  ];
}

/** A folder as a shell takes it. */
function quoted(folder: string): string {
  return /^[\w./-]+$/u.test(folder) ? folder : `"${folder}"`;
}
