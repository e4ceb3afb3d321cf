import { runFolders } from '../../runs/runFolders.ts';
import path from 'node:path';
import { type Command, Option } from 'commander';
import { formatDocuments, type NamedFile, type WrittenFormat } from '../../corpus/convert.ts';
import type { Document } from '../../corpus/document.ts';
import { readDocuments } from '../../corpus/read.ts';
import { writeFileAtomic } from '../../foundation/atomicFile.ts';
import { UserError } from '../../foundation/userError.ts';
import { loadProject } from '../../project/parseProject.ts';
import { mereRelation, nameTaggedPairs } from '../../project/taggedPairs.ts';
import { countAll } from '../../tasks/predictionFiles.ts';
import { type CliContext, shownPath } from '../context.ts';

interface ConvertOptions {
  readonly to: WrittenFormat;
  readonly out: string;
  readonly relationType?: string;
  readonly project: string;
  readonly json?: boolean;
}

/** Lines about single files or spans before the rest is only counted. */
const shownLines = 20;

/** `chartmark convert IN --to FORMAT --out PATH`. */
export function registerConvert(program: Command, context: CliContext): void {
  program
    .command('convert')
    .description('Write annotated files in another format.')
    .argument('<in...>', 'BIO, brat or JSONL files, folders or globs')
    .addOption(
      new Option('--to <format>', 'the format to write')
        .choices(['bio', 'brat', 'jsonl'])
        .makeOptionMandatory(),
    )
    .requiredOption('--out <path>', 'folder to write into, or the file when one file comes out')
    .option(
      '--relation-type <name>',
      'of tagged pairs with the label 1 (default: the type of chartmark.json that joins such mentions)',
    )
    .option('--project <folder>', 'folder of chartmark.json', '.')
    .option('--json', 'one machine-readable object on standard output')
    .action(async (inputs: readonly string[], options: ConvertOptions) => {
      const documents = await withNamedPairs(await readDocuments(inputs, runFolders), options, context);
      const { files, dropped } = formatDocuments(documents, options.to);
      const droppedRelations = options.to === 'bio' ? countAll(documents, 'relations') : 0;
      const written = await writeAll(files, options.out);
      if (options.json === true) {
        context.print(
          JSON.stringify({ documents: documents.length, files: written, dropped, droppedRelations }),
        );
        return;
      }
      for (const file of written.slice(0, shownLines)) context.print(shownPath(file));
      for (const { document, span, reason } of dropped.slice(0, shownLines)) {
        context.note(`${document}: ${span.label} at ${span.start}-${span.end} left out: ${reason}`);
      }
      context.note(
        `${documents.length} documents, ${written.length} files` +
          (dropped.length === 0 ? '' : `; ${dropped.length} mentions do not fit the format`) +
          (droppedRelations === 0 ? '' : `; BIO holds no relations: ${droppedRelations} are left out`),
      );
    });
}

/** Throws `UserError` when the project has no relation type of the name that was given. */
async function withNamedPairs(
  documents: readonly Document[],
  { relationType, project }: ConvertOptions,
  context: CliContext,
): Promise<readonly Document[]> {
  if (relationType === undefined && !holdsMerePairs(documents)) return documents;
  const { relationTypes } = await loadProject(project);
  const types = relationTypes.filter(({ name }) => relationType === undefined || name === relationType);
  if (relationType !== undefined && types.length === 0) {
    throw new UserError(`The project has no relation type "${relationType}".`, {
      nextStep: 'Add it to "relationTypes" in chartmark.json, or name one that is there.',
    });
  }
  const named = nameTaggedPairs(documents, types);
  if (holdsMerePairs(named)) {
    context.note(
      `Relations that are called "${mereRelation}" keep that name: name their type with --relation-type.`,
    );
  }
  return named;
}

function holdsMerePairs(documents: readonly Document[]): boolean {
  return documents.some(({ relations }) => relations.some(({ label }) => label === mereRelation));
}

async function writeAll(files: readonly NamedFile[], out: string): Promise<string[]> {
  const isFile = files.length === 1 && path.extname(out) !== '';
  const written: string[] = [];
  for (const { name, content } of files) {
    const target = isFile ? out : path.join(out, name);
    await writeFileAtomic(target, content);
    written.push(target);
  }
  return written;
}
