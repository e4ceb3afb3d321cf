import type { NamedFile, WrittenFormat } from '../corpus/formatDocuments.ts';
import { locatedTexts } from '../corpus/locatedTexts.ts';
import type { Reading } from '../corpus/reading.ts';
import type { Project } from '../project/project.ts';
import type { Answer } from '../questions/engine/questionSet.ts';
import {
  type DocumentQuestions,
  mentionQuestions,
  type Question,
  relationQuestions,
  rowQuestions,
} from '../questions/extract/documentQuestions.ts';
import { runFolders } from '../runs/runFolders.ts';
import type { ExtractSubject } from './extract.ts';
import {
  countAll,
  outputsOf,
  predictedDocuments,
  predictedRows,
  type PredictionInput,
  predictionFolder,
  predictionPaths,
  readPredictionInput,
} from './predictionFiles.ts';
import { IdentifierScan } from './sending/identifierScan.ts';

interface FilesWish {
  readonly task: 'ner' | 're';
  readonly project: Project;
  /** How the files are read; what they say differently is added to its problems. */
  readonly reading: Reading;
  /** That of the input if undefined (brat for plain text). */
  readonly format?: WrittenFormat | undefined;
  /** The folder to write into. */
  readonly out: string;
  /** Whether files of the user in the folder may be replaced, too. */
  readonly force?: boolean | undefined;
  /** The name of a file in messages and in the run's folder. */
  readonly nameOf: (file: string) => string;
}

interface Predicted<F = NamedFile> {
  readonly files: readonly F[];
  /** Documents or relation rows. */
  readonly texts: number;
  readonly mentions: number;
  readonly relations: number;
}

/** The paths and contents of the written files. */
export type WrittenFiles = Predicted<string>;

/**
 * The texts of files, folders or globs, and the files that the answers make of them. Throws `UserError`, also if a file
 * would replace an input, another output or a file of the user.
 */
export async function fileSubject(
  paths: readonly string[],
  { out, force, nameOf, format, reading, ...wish }: FilesWish,
): Promise<ExtractSubject<WrittenFiles>> {
  const wanted = { ...wish, ...(format === undefined ? {} : { format }) };
  const inputs: PredictionInput[] = [];
  const { all, read } = await predictionPaths(paths, out);
  for (const found of read) inputs.push(await readPredictionInput(found, wanted, reading));
  const outputs = inputs.map((input) => outputsOf(input, wanted));
  const folder = await predictionFolder(outputs, { out, force }, all);
  const parts = inputs.map((input) => fileQuestions(input, wanted));
  return {
    texts: inputs.reduce((sum, input) => sum + textsOf(input).length, 0),
    identifiers: await scanInputs(inputs),
    sources: inputs.map(({ file }, index) => ({
      file: nameOf(file),
      questions: parts[index]?.questions.length ?? 0,
    })),
    questions: parts.flatMap(({ questions }) => questions),
    answered: async (answers) => {
      const predicted = distribute(answers, parts);
      const files = predicted.flatMap((part) => part.files);
      const sum = (key: 'texts' | 'mentions' | 'relations'): number =>
        predicted.reduce((total, part) => total + part[key], 0);
      return {
        files: await folder.write(files),
        texts: sum('texts'),
        mentions: sum('mentions'),
        relations: sum('relations'),
      };
    },
  };
}

function fileQuestions(
  input: PredictionInput,
  wanted: Pick<FilesWish, 'task' | 'project'> & { readonly format?: WrittenFormat },
): DocumentQuestions<Question, Predicted> {
  const { task, project } = wanted;
  if (input.kind === 'rows') {
    const { questions, answered } = rowQuestions(input.rows, project);
    return {
      questions,
      answered: (answers) => {
        const rows = answered(answers);
        const relations = rows.filter(({ label }) => label !== '0').length;
        return { files: [predictedRows(input, rows)], texts: rows.length, mentions: 0, relations };
      },
    };
  }
  const parts = input.documents.map((document) =>
    task === 'ner' ? mentionQuestions(document) : relationQuestions(document, project),
  );
  return {
    questions: parts.flatMap(({ questions }): readonly Question[] => questions),
    answered: (answers) => {
      const documents = distribute(answers, parts);
      return {
        files: predictedDocuments(input, documents, wanted),
        texts: documents.length,
        mentions: countAll(documents, 'spans'),
        relations: countAll(documents, 'relations'),
      };
    },
  };
}

/** Gives each part the answers to its own questions. */
function distribute<R>(
  answers: readonly (Answer | undefined)[],
  parts: readonly DocumentQuestions<Question, R>[],
): readonly R[] {
  let start = 0;
  return parts.map(({ questions: { length }, answered }) => {
    start += length;
    return answered(answers.slice(start - length, start));
  });
}

async function scanInputs(inputs: readonly PredictionInput[]): Promise<IdentifierScan> {
  let scan = IdentifierScan.ofTexts([]);
  for (const input of inputs) {
    const file = input.file.replace(/\.ann$/iu, '.txt');
    const inFile = IdentifierScan.ofTexts(await locatedTexts([file], runFolders));
    // Texts may be split differently when they are sent, so they are scanned as well.
    const inSent = textsOf(input).map(({ text }) => ({ file, text, lineAt: () => 1 }));
    scan = scan.and(inFile.found.length > 0 ? inFile : IdentifierScan.ofTexts(inSent));
  }
  return scan;
}

function textsOf(input: PredictionInput): readonly { readonly text: string }[] {
  return input.kind === 'rows' ? input.rows : input.documents;
}
