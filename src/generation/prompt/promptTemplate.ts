import { type Place, UserError } from '../../foundation/userError.ts';
import { placeholders } from './promptPlaceholders.ts';
import type { ChatMessage } from '../../llm/provider.ts';

/** The pieces of a line: text and placeholders alternate, beginning with text. */
type TemplateLine = readonly string[];

interface TemplatePart {
  readonly role: ChatMessage['role'];
  readonly lines: readonly TemplateLine[];
}

/** A valid prompt template. */
export interface PromptTemplate {
  readonly parts: readonly TemplatePart[];
}

const headings: ReadonlyMap<string, ChatMessage['role']> = new Map(
  Object.entries({ system: 'system', request: 'user' }),
);
const placeholder = /\{\{\s*(\w+)\s*\}\}/g;

/**
 * Reads a template: comments, then "# System" and "# Request" with the text of the two messages. Throws `UserError`, with
 * the line in `file` if possible, if the form is wrong, a placeholder is unknown or a required one is missing.
 */
export function parsePromptTemplate(source: string, task: 'ner' | 're', file?: string): PromptTemplate {
  const fail = (message: string, nextStep: string, line?: number): UserError => {
    const place: Place | undefined =
      file === undefined ? undefined : { file, ...(line === undefined ? {} : { line }) };
    return new UserError(message, { nextStep, ...(place === undefined ? {} : { place }) });
  };
  const found = new Set<string>();
  const parts: { role: ChatMessage['role']; lines: TemplateLine[] }[] = [];
  const whole = withoutComments(source);
  const open = whole.indexOf('<!--');
  if (open !== -1) {
    const line = whole.slice(0, open).split('\n').length;
    throw fail('A comment begins here but does not end.', 'Write "-->" after it.', line);
  }
  for (const [index, line] of whole.split('\n').entries()) {
    const role = headings.get(/^#\s+(\w+)\s*$/.exec(line)?.[1]?.toLowerCase() ?? '');
    if (role !== undefined) {
      if (parts.some((part) => part.role === role)) {
        throw fail('This heading appears twice.', 'Put its text under the first one.', index + 1);
      }
      parts.push({ role, lines: [] });
      continue;
    }
    const pieces = line.split(placeholder);
    for (const name of pieces.filter((_, at) => at % 2 === 1)) {
      if (!placeholders[task].some((known) => known.name === name)) {
        throw fail(`{{${name}}} is not a placeholder.`, `Use one of ${listOf(task)}.`, index + 1);
      }
      found.add(name);
    }
    if (pieces.some((text, at) => at % 2 === 0 && text.includes('{{'))) {
      throw fail(
        '"{{" must begin a placeholder, but none follows.',
        `Use one of ${listOf(task)}.`,
        index + 1,
      );
    }
    const part = parts.at(-1);
    if (part !== undefined) part.lines.push(pieces);
    else if (line.trim() !== '') {
      throw fail(
        'This line is not part of a message.',
        'Put "# System" or "# Request" on a separate line above it.',
        index + 1,
      );
    }
  }
  if (!parts.some(({ role }) => role === 'user')) {
    throw fail('The template has no request.', 'Write the request below a line "# Request".');
  }
  const missing = placeholders[task].find(({ name, isRequired }) => isRequired === true && !found.has(name));
  if (missing !== undefined) {
    throw fail(`The template has no {{${missing.name}}}: ${missing.meaning}.`, 'Add it where it belongs.');
  }
  return { parts };
}

/** Fills those parts of a template that need no other values than these, so that this is done only once. */
export function fillConstantParts(
  { parts }: PromptTemplate,
  values: Readonly<Record<string, string>>,
): PromptTemplate {
  const isFilled = (line: TemplateLine): boolean =>
    line.every((piece, at) => at % 2 === 0 || Object.hasOwn(values, piece));
  return {
    parts: parts.map((part) =>
      part.lines.every(isFilled) ? { role: part.role, lines: [[fillLines(part.lines, values)]] } : part,
    ),
  };
}

/** The messages of a template, without lines that have an empty placeholder. */
export function fillTemplate(
  { parts }: PromptTemplate,
  values: Readonly<Record<string, string>>,
): readonly ChatMessage[] {
  return parts
    .map(({ role, lines }) => ({ role, content: fillLines(lines, values) }))
    .filter(({ content }) => content !== '');
}

function fillLines(lines: readonly TemplateLine[], values: Readonly<Record<string, string>>): string {
  const [first] = lines;
  if (first?.length === 1 && lines.length === 1) return (first[0] ?? '').trim();
  const filled = lines.flatMap((pieces) => {
    const texts = pieces.map((piece, at) => (at % 2 === 0 ? piece : (values[piece] ?? '')));
    return texts.some((text, at) => at % 2 === 1 && text === '') ? [] : [texts.join('')];
  });
  return filled
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/** Removes comments but keeps their line ends, so that line numbers do not change. */
export function withoutComments(source: string): string {
  return source
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .replaceAll(/<!--[\s\S]*?-->/g, (comment) => comment.replaceAll(/[^\n]/g, ''));
}

function listOf(task: 'ner' | 're'): string {
  return placeholders[task].map(({ name }) => `{{${name}}}`).join(', ');
}
