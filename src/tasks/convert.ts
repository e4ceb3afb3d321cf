import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { LayoutChoice } from '../corpus/bio/format.ts';
import type { Problem } from '../corpus/problem.ts';
import { formatDocuments, type NamedFile, type WrittenFormat } from '../corpus/formatDocuments.ts';
import type { Document } from '../corpus/document.ts';
import type { Loss } from '../corpus/formats/losses.ts';
import { expandPaths, type FoundFile } from '../corpus/paths.ts';
import { readDocuments } from '../corpus/read.ts';
import type { DroppedSpan } from '../corpus/spanSelection.ts';
import { readTextIfThere } from '../foundation/readFiles.ts';
import { identityOf } from '../foundation/realPath.ts';
import { UserError } from '../foundation/userError.ts';
import { loadProject } from '../project/parseProject.ts';
import { mereRelation, nameTaggedPairs } from '../project/taggedPairs.ts';
import { projectReading } from './projectReading.ts';
import { inputsWithoutOutputs } from './inputsWithoutOutputs.ts';
import { openOutputFolder } from './outputFolder.ts';
import { identitiesOf } from './predictionFiles.ts';

interface ConvertInput {
  /** Files, folders or globs. */
  readonly inputs: readonly string[];
  readonly to: WrittenFormat;
  /** The folder to write into, or the file if one file comes out and this has an ending. */
  readonly out: string;
  /** The name for relations of tagged pairs; if undefined, the project's type that joins the mentions. */
  readonly relationType?: string | undefined;
  readonly projectFolder: string;
  /** What a person said about the layout of the files. */
  readonly layout?: LayoutChoice | undefined;
  /** Whether files of the user may be replaced, too. Never an input. */
  readonly force?: boolean | undefined;
}

interface Converted {
  readonly documents: number;
  readonly files: readonly string[];
  /** Mentions that the format cannot hold, with the reason. */
  readonly dropped: readonly DroppedSpan[];
  /** What else the format cannot hold. */
  readonly losses: readonly Loss[];
  /** What was read differently from what the files say. */
  readonly problems: readonly Problem[];
  /** Whether there are tagged pairs for which no relation type was found. */
  readonly hasUnnamedPairs: boolean;
}

/**
 * Writes annotated files in another format. Throws `UserError`, also if the project lacks the relation type, or if a file
 * of the user would be replaced; then nothing is written.
 */
export async function convertFiles(input: ConvertInput): Promise<Converted> {
  const { to, out, force } = input;
  const reading = {
    ...(await projectReading(input.projectFolder, { layout: input.layout })),
    ...(await inputsWithoutOutputs(input.inputs, out)),
  };
  const documents = await withNamedPairs(await readDocuments(input.inputs, reading), input);
  const { files, dropped, losses } = formatDocuments(documents, to);
  const isFile = files.length === 1 && path.extname(out) !== '' && !(await isFolder(out));
  const place = isFile ? path.dirname(out) : out;
  const named = isFile ? files.map(({ content }) => ({ name: path.basename(out), content })) : files;
  await checkInputsKept(named, place, await expandPaths(input.inputs, reading));
  const folder = await openOutputFolder(place, { force });
  const written = await folder.write(named);
  return {
    documents: documents.length,
    files: written,
    dropped,
    losses,
    problems: reading.problems,
    hasUnnamedPairs: hasUnnamedPairs(documents),
  };
}

/** Throws `UserError` if an input would be replaced by something else. */
async function checkInputsKept(
  files: readonly NamedFile[],
  folder: string,
  inputs: readonly FoundFile[],
): Promise<void> {
  const taken = await identitiesOf(inputs.map(({ file }) => file));
  for (const { name, content } of files) {
    const file = path.join(folder, name);
    if (!taken.has(await identityOf(file)) || (await readTextIfThere(file)) === content) continue;
    throw new UserError('The conversion would replace an input file. Nothing was written.', {
      place: { file },
      nextStep: 'Choose another folder or file with --out.',
    });
  }
}

function isFolder(place: string): Promise<boolean> {
  return stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function withNamedPairs(
  documents: readonly Document[],
  { relationType, projectFolder }: ConvertInput,
): Promise<readonly Document[]> {
  if (relationType === undefined && !hasUnnamedPairs(documents)) return documents;
  const { relationTypes } = await loadProject(projectFolder);
  const types = relationTypes.filter(({ name }) => relationType === undefined || name === relationType);
  if (relationType !== undefined && types.length === 0) {
    throw new UserError(`The project has no relation type "${relationType}".`, {
      nextStep: 'Add it to "relationTypes" in chartmark.json, or name one of the types there.',
    });
  }
  return nameTaggedPairs(documents, types);
}

function hasUnnamedPairs(documents: readonly Document[]): boolean {
  return documents.some(({ relations }) => relations.some(({ label }) => label === mereRelation));
}
