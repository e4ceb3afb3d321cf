import type { LayoutChoice } from '../corpus/bio/format.ts';
import type { RunFolders } from '../corpus/paths.ts';
import { type Reading, type ReadingChoices, readingWith } from '../corpus/reading.ts';
import { layoutChooser } from '../project/columnSettings.ts';
import type { Project } from '../project/project.ts';
import { reviewedSource } from './review/decisions.ts';
import { runFiles } from './runFiles.ts';

/** Lets the readers of `corpus/` recognise the folder of a run and read its reviewed texts. */
export const runFolders: RunFolders = {
  dataFile: (names) =>
    names.has(runFiles.accepted) && names.has(runFiles.ledger) ? runFiles.accepted : undefined,
  reviewed: reviewedSource,
};

/** A reading of files that also finds the texts of runs. */
export function newReading(choices: ReadingChoices = {}): Reading {
  return readingWith(runFolders, choices);
}

interface ProjectChoices extends Omit<ReadingChoices, 'layoutOf'> {
  /** What a person said about the layout of the files. */
  readonly layout?: LayoutChoice | undefined;
}

/** The same, with the columns that the project in `folder` names where a person named none. */
export function readingFor(
  { columns }: Pick<Project, 'columns'>,
  folder: string,
  { layout, ...choices }: ProjectChoices = {},
): Reading {
  return newReading({ ...choices, layoutOf: layoutChooser(columns, folder, layout) });
}
