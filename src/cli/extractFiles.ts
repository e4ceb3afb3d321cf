import type { NamedFile, WrittenFormat } from '../corpus/formatDocuments.ts';
import type { Project } from '../project/project.ts';
import {
  type DocumentQuestions,
  mentionQuestions,
  relationQuestions,
  rowQuestions,
} from '../questions/extract/documentQuestions.ts';
import type { Answer, Question } from '../questions/engine/question.ts';
import type { Source } from '../questions/engine/sources.ts';
import { countAll } from './annotateFiles.ts';
import { shownPath } from './context.ts';
import { predictedDocuments, predictedRows, type PredictionInput } from './predictionFiles.ts';

interface Wanted {
  readonly task: 'ner' | 're';
  readonly format?: WrittenFormat;
  readonly project: Project;
}

interface Predicted {
  readonly files: readonly NamedFile[];
  /** Documents, or relation rows. */
  readonly texts: number;
  readonly mentions: number;
  readonly relations: number;
}

/** What is asked about all files, and the files that the answers make. */
export function inquireFiles(
  inputs: readonly PredictionInput[],
  wanted: Wanted,
): DocumentQuestions<Question, Predicted> & { readonly sources: readonly Source[] } {
  const parts = inputs.map((input) => inquireFile(input, wanted));
  return {
    sources: inputs.map(({ file }, index) => ({
      file: shownPath(file),
      questions: parts[index]?.questions.length ?? 0,
    })),
    questions: parts.flatMap(({ questions }) => questions),
    answered: (answers) => {
      const predicted = cut(answers, parts).map((own, index) => parts[index]?.answered(own));
      const sum = (key: 'texts' | 'mentions' | 'relations'): number =>
        predicted.reduce((total, part) => total + (part?.[key] ?? 0), 0);
      return {
        files: predicted.flatMap((part) => part?.files ?? []),
        texts: sum('texts'),
        mentions: sum('mentions'),
        relations: sum('relations'),
      };
    },
  };
}

function inquireFile(input: PredictionInput, wanted: Wanted): DocumentQuestions<Question, Predicted> {
  const { task, project } = wanted;
  if (input.kind === 'rows') {
    const { questions, answered } = rowQuestions(input.rows, project);
    return {
      questions,
      answered: (answers) => {
        const rows = answered(answers);
        const files = [predictedRows(input, rows)];
        return {
          files,
          texts: rows.length,
          mentions: 0,
          relations: rows.filter(({ label }) => label !== '0').length,
        };
      },
    };
  }
  const parts = input.documents.map((document) =>
    task === 'ner' ? mentionQuestions(document) : relationQuestions(document, project),
  );
  return {
    questions: parts.flatMap(({ questions }): readonly Question[] => questions),
    answered: (answers) => {
      const documents = cut(answers, parts).flatMap((own, index) => parts[index]?.answered(own) ?? []);
      return {
        files: predictedDocuments(input, documents, wanted),
        texts: documents.length,
        mentions: countAll(documents, 'spans'),
        relations: countAll(documents, 'relations'),
      };
    },
  };
}

/** Answers to the questions of each part. */
function cut(
  answers: readonly (Answer | undefined)[],
  parts: readonly { readonly questions: readonly Question[] }[],
): readonly (readonly (Answer | undefined)[])[] {
  let start = 0;
  return parts.map(({ questions: { length } }) => {
    start += length;
    return answers.slice(start - length, start);
  });
}
