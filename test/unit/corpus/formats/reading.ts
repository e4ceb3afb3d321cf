import type { ProblemCode } from '../../../../src/corpus/problem.ts';
import { type Document, mentionText, type Span } from '../../../../src/corpus/document.ts';
import type { ReadContext } from '../../../../src/corpus/readContext.ts';

/** A report that a reader made. */
interface Report {
  readonly line: number;
  readonly code: ProblemCode;
  readonly message: string;
}

/** A context of the file `note.x` that collects the reports. */
export function reading(): ReadContext & { readonly reports: Report[] } {
  const reports: Report[] = [];
  return {
    file: 'note.x',
    id: 'note',
    reports,
    report: (line, code, message) => reports.push({ line, code, message }),
  };
}

/** The mentions as `words:label`. */
export function mentionsOf({ text, spans }: Document): string[] {
  return spans.map((span) => `${mentionText(text, span)}:${span.label}`);
}

/** The relations as `words>words:label`. */
export function relationsOf({ text, spans, relations }: Document): string[] {
  const words = (id: string): string => mentionText(text, spans.find((span) => span.id === id) as Span);
  return relations.map(({ head, tail, label }) => `${words(head)}>${words(tail)}:${label}`);
}

/** The attributes as `words name=value`. */
export function attributesOf({ text, spans, attributes }: Document): string[] {
  const words = (id: string): string => mentionText(text, spans.find((span) => span.id === id) as Span);
  return attributes.map(({ target, name, value }) => `${words(target)} ${name}=${value}`);
}
