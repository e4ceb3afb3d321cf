import path from 'node:path';
import type { ColumnChoice } from '../corpus/bio/format.ts';
import type { Problem } from '../corpus/problem.ts';
import { formatDocuments, type WrittenFormat } from '../corpus/formatDocuments.ts';
import type { Document } from '../corpus/document.ts';
import { type Loss, lossesOf } from '../corpus/losses.ts';
import { readDocuments } from '../corpus/read.ts';
import type { DroppedSpan } from '../corpus/spanSelection.ts';
import { writeFileAtomic } from '../foundation/atomicFile.ts';
import { UserError } from '../foundation/userError.ts';
import { loadProject } from '../project/parseProject.ts';
import { mereRelation, nameTaggedPairs } from '../project/taggedPairs.ts';
import { projectReading } from './projectReading.ts';

interface ConvertInput {
  /** Files, folders or globs. */
  readonly inputs: readonly string[];
  readonly to: WrittenFormat;
  /** The folder to write into, or the file if one file comes out and this has an ending. */
  readonly out: string;
  /** The name for relations of tagged pairs; if undefined, the project's type that joins the mentions. */
  readonly relationType?: string | undefined;
  readonly projectFolder: string;
  /** The columns of BIO files that a person named. */
  readonly columns?: ColumnChoice | undefined;
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

/** Writes annotated files in another format. Throws `UserError`, also if the project lacks the relation type. */
export async function convertFiles(input: ConvertInput): Promise<Converted> {
  const { to, out } = input;
  const reading = await projectReading(input.projectFolder, { columns: input.columns });
  const documents = await withNamedPairs(await readDocuments(input.inputs, reading), input);
  const { files, dropped } = formatDocuments(documents, to);
  const isFile = files.length === 1 && path.extname(out) !== '';
  const written: string[] = [];
  for (const { name, content } of files) {
    const target = isFile ? out : path.join(out, name);
    await writeFileAtomic(target, content);
    written.push(target);
  }
  return {
    documents: documents.length,
    files: written,
    dropped,
    losses: lossesOf(documents, to),
    problems: reading.problems,
    hasUnnamedPairs: hasUnnamedPairs(documents),
  };
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
