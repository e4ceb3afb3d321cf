import { type Place, UserError } from '../../foundation/userError.ts';
import { placeholders } from './promptPlaceholders.ts';
import type { ChatMessage } from '../../llm/provider.ts';

/** A line: text and placeholders in turn, text first. */
type TemplateLine = readonly string[];

interface TemplatePart {
  readonly role: ChatMessage['role'];
  readonly lines: readonly TemplateLine[];
}

/** A prompt template that was read and found whole. */
export interface PromptTemplate {
  readonly parts: readonly TemplatePart[];
}

const headings: Readonly<Record<string, ChatMessage['role']>> = { system: 'system', request: 'user' };
const placeholder = /\{\{\s*(\w+)\s*\}\}/g;

/**
 * Reads a template: comments, then "# System" and "# Request" with the text of the two messages. Throws `UserError`, with the
 * line of `file`, if a placeholder is not known, or if one is missing that the replies depend on.
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
    throw fail('A comment begins here and does not end.', 'Put "-->" behind it.', line);
  }
  for (const [index, line] of whole.split('\n').entries()) {
    const role = headings[/^#\s+(\w+)\s*$/.exec(line)?.[1]?.toLowerCase() ?? ''];
    if (role !== undefined) {
      if (parts.some((part) => part.role === role)) {
        throw fail('This heading is there twice.', 'Put its text under the first one.', index + 1);
      }
      parts.push({ role, lines: [] });
      continue;
    }
    const pieces = line.split(placeholder);
    for (const name of pieces.filter((_, at) => at % 2 === 1)) {
      if (!placeholders[task].some((known) => known.name === name)) {
        throw fail(`{{${name}}} is no placeholder.`, `Use one of ${listOf(task)}.`, index + 1);
      }
      found.add(name);
    }
    if (pieces.some((text, at) => at % 2 === 0 && text.includes('{{'))) {
      throw fail(
        '"{{" begins a placeholder, and here none follows.',
        `Use one of ${listOf(task)}.`,
        index + 1,
      );
    }
    const part = parts.at(-1);
    if (part !== undefined) part.lines.push(pieces);
    else if (line.trim() !== '') {
      throw fail(
        'This line belongs to no message.',
        'Put "# System" or "# Request" on a line of its own above it.',
        index + 1,
      );
    }
  }
  if (!parts.some(({ role }) => role === 'user')) {
    throw fail('The template has no request.', 'Put the request below a line "# Request".');
  }
  const missing = placeholders[task].find(({ name, isRequired }) => isRequired === true && !found.has(name));
  if (missing !== undefined) {
    throw fail(`The template lacks {{${missing.name}}}: ${missing.meaning}.`, 'Put it where it belongs.');
  }
  return { parts };
}

/** The part of a template that `values` fill alone is filled once and for all. */
export function fillConstantParts(
  { parts }: PromptTemplate,
  values: Readonly<Record<string, string>>,
): PromptTemplate {
  const isFilled = (line: TemplateLine): boolean =>
    line.every((piece, at) => at % 2 === 0 || values[piece] !== undefined);
  return {
    parts: parts.map((part) =>
      part.lines.every(isFilled) ? { role: part.role, lines: [[fillLines(part.lines, values)]] } : part,
    ),
  };
}

/** The messages of a template. A line is left out if one of its placeholders is empty. */
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

/** Comments become empty, and every line keeps its number. */
export function withoutComments(source: string): string {
  return source
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .replaceAll(/<!--[\s\S]*?-->/g, (comment) => comment.replaceAll(/[^\n]/g, ''));
}

function listOf(task: 'ner' | 're'): string {
  return placeholders[task].map(({ name }) => `{{${name}}}`).join(', ');
}
