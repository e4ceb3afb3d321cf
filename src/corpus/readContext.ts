import { UserError } from '../foundation/userError.ts';
import { type Problem, type ProblemCode, severityOf } from './problem.ts';
import type { TextRange } from './document.ts';
import { linesOf } from './lines.ts';

/** What a reader needs to know about a file besides its content, and where it reports problems. */
export interface ReadContext {
  /** The path, for errors. */
  readonly file: string;
  /** The name of the file without its extension: the ID of its document, or the first part of the IDs of several. */
  readonly id: string;
  /**
   * Reports what was read, but differently from what the file says, or not completely. `line` counts from 1. `nextStep`
   * is a sentence, or empty if the message already says what to do. `range`: UTF-16 offsets in the line; the whole line
   * if undefined.
   */
  readonly report: Report;
}

export type Report = (
  line: number,
  code: ProblemCode,
  message: string,
  nextStep?: string,
  range?: TextRange,
) => void;

/** The context of a reader that can go on after a line that it cannot read. */
export interface LineContext extends ReadContext {
  /**
   * Reports what cannot be read. Throws `UserError`, unless the file is only checked: then the reader must leave the line
   * out and go on.
   */
  readonly fail: Report;
}

/** A context that throws the first error as `UserError` and passes everything else on. */
export function strictContext(
  file: string,
  id: string,
  report: ReadContext['report'] = () => {},
): LineContext {
  return {
    file,
    id,
    report,
    fail(line, _code, message, nextStep) {
      throw new UserError(message, {
        place: { file, line },
        ...(nextStep === undefined || nextStep === '' ? {} : { nextStep }),
      });
    },
  };
}

/** Collects the problems of one file. */
export function problemReport(file: string, source: string, add: (problem: Problem) => void): Report {
  let lengths: readonly number[] | undefined;
  return (line, code, message, nextStep = '', range) => {
    lengths ??= Array.from(linesOf(source), ({ start, end }) => source.slice(start, end).trimEnd().length);
    const { start, end } = range ?? { start: 0, end: lengths[line - 1] ?? 1 };
    add({
      file,
      line,
      column: start + 1,
      endColumn: end + 1,
      severity: severityOf(code),
      code,
      message,
      nextStep,
    });
  };
}

/** A context for checking: all problems are collected, and nothing is thrown for a bad line. */
export function checkingContext(file: string, source: string, add: (problem: Problem) => void): LineContext {
  const report = problemReport(file, source, add);
  return { file, id: file, report, fail: report };
}
