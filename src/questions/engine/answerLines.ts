import { parseJsonlLine, formatJsonl } from '../../corpus/jsonl.ts';
import { createSpan, type Document } from '../../corpus/document.ts';
import type { Answer } from './questionSet.ts';

/** A line of accepted.jsonl: the text of a question with its answer. `number` is the question's, from 0. */
export function answerLine(number: number, text: string, { mentions, relation }: Answer): string {
  const document: Document = {
    id: String(number),
    text,
    spans: mentions.map(({ start, end, label }, index) =>
      createSpan(text, { id: `T${index + 1}`, start, end, label, source: 'llm' }),
    ),
    relations: [],
    attributes: [],
    meta: relation === undefined ? {} : { relation },
  };
  return formatJsonl([document]);
}

/** What `answerLine` wrote. Throws `UserError`. */
export function readAnswerLine(
  line: string,
  number: number,
): { readonly number: number; readonly answer: Answer } | undefined {
  const document = parseJsonlLine(line, { file: 'accepted.jsonl', number, labels: [] });
  if (document === undefined) return undefined;
  const { relation } = document.meta;
  return {
    number: Number(document.id),
    answer: {
      mentions: document.spans.map(({ start, end, label }) => ({ start, end, label })),
      ...(typeof relation === 'string' ? { relation } : {}),
    },
  };
}
