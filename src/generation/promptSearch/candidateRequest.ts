import { isJsonObject, type JsonValue } from '../../foundation/json.ts';
import { UserError } from '../../foundation/userError.ts';
import { listSchema } from '../../llm/reply/listSchema.ts';
import { answerIn } from '../../llm/reply/answer/answerIn.ts';
import { readLooseJson } from '../../llm/reply/looseJson.ts';
import { builtInPrompts } from '../prompt/promptDefaults.ts';
import { placeholders } from '../prompt/promptPlaceholders.ts';
import { parsePromptTemplate } from '../prompt/promptTemplate.ts';
import type { ChatMessage } from '../../llm/provider.ts';

/** What a request for prompt templates asks for. */
export interface CandidateSpec {
  readonly task: 'ner' | 're';
  /** What the texts should be about, in words: the types, or the relation. */
  readonly subject: string;
  /** The template that the others start from. */
  readonly base: string;
  /** In a round after the first: how it did. The new ones are variants of it. */
  readonly baseResult?: string;
  readonly count: number;
}

/** A template that a model gave, or why it cannot be used. */
export type ParsedCandidate = { readonly idea: string } & (
  | { readonly template: string }
  | { readonly problem: string }
);

/** The JSON Schema of a reply with templates. */
export const candidateSchema = listSchema('templates', {
  idea: { type: 'string', description: 'what is different about it, in one sentence' },
  system: { type: 'string', description: "the system's message" },
  request: { type: 'string', description: 'the request' },
});

/** The prompt of a request for templates. Of the user's own words it holds only what the project defines. */
export function candidateMessages(spec: CandidateSpec): readonly ChatMessage[] {
  const { task, subject, base, baseResult, count } = spec;
  const texts =
    task === 'ner' ? 'texts with inline tags around their mentions' : 'sentences with a tagged pair';
  return [
    {
      role: 'system',
      content: [
        `You design prompts that make a language model write synthetic training data: realistic, varied ${texts}.`,
        'A prompt is a template of two messages, "system" and "request". It holds placeholders, which a program fills in:',
        placeholders[task]
          .map(({ name, meaning, isRequired }) => {
            return `{{${name}}}: ${meaning}${isRequired === true ? ' (must be there)' : ''}`;
          })
          .join('\n'),
        'A line whose placeholder stands for nothing is left out. Use no other placeholders, and no other double braces. Every ' +
          'template must say that persons, places and numbers are invented, and that names, dates and numbers which identify ' +
          'somebody are written as placeholders such as [NAME].',
        'Reply with JSON only: {"templates": [{"idea": "...", "system": "...", "request": "..."}, ...]}',
      ].join('\n\n'),
    },
    {
      role: 'user',
      content: [
        `The data is about:\n\n${subject}`,
        `This template is used now:\n\n${base}`,
        baseResult === undefined
          ? `Write ${count} other templates, each with another approach: for example the role of the writer, steps to follow, ` +
            'demands on variety and length, how mentions are spread, hard cases, what to avoid.'
          : `${baseResult}\n\nWrite ${count} variants of it: keep what works, and change one thing in each that could make more ` +
            'texts pass, or make them more varied or more like real ones.',
      ].join('\n\n'),
    },
  ];
}

/**
 * The templates in a reply, in order. A template without a placeholder that it must have gets the line of the built-in
 * template with it.
 */
export function parseCandidates(
  reply: string,
  task: 'ner' | 're',
  count: number,
): readonly ParsedCandidate[] {
  const source = answerIn(reply);
  const start = source.search(/\{\s*["'\u201C]|\[\s*\{/);
  if (start === -1) return [];
  return templatesIn(readLooseJson(source, start).value)
    .slice(0, count)
    .map(({ idea, system, request }) => {
      const template = complete({ system, request }, task);
      try {
        parsePromptTemplate(template, task);
        return { idea, template };
      } catch (error) {
        if (error instanceof UserError) return { idea, problem: error.message };
        throw error;
      }
    });
}

interface Parts {
  readonly system: string;
  readonly request: string;
}

function templatesIn(value: JsonValue): readonly (Parts & { readonly idea: string })[] {
  if (Array.isArray(value)) return value.flatMap((entry: JsonValue) => templatesIn(entry));
  if (!isJsonObject(value)) return [];
  const textOf = (...keys: readonly string[]): string =>
    keys.map((key) => value[key]).find((text) => typeof text === 'string') ?? '';
  const request = textOf('request', 'user', 'prompt');
  if (request.trim() === '') return Object.values(value).flatMap((member) => templatesIn(member));
  const idea = textOf('idea', 'name', 'title').replaceAll(/\s+/g, ' ').trim();
  return [{ idea, system: textOf('system'), request }];
}

function complete({ system, request }: Parts, task: 'ner' | 're'): string {
  const parts = { system: plain(system), request: plain(request) };
  const [builtInSystem = '', builtInRequest = ''] = builtInPrompts[task].split('\n# Request\n');
  for (const { name, isRequired } of placeholders[task]) {
    if (isRequired !== true || new RegExp(`\\{\\{\\s*${name}\\s*\\}\\}`).test(parts.system + parts.request))
      continue;
    const lineIn = (part: string): string | undefined =>
      part.split('\n').findLast((line) => line.includes(`{{${name}}}`));
    const systemLine = lineIn(builtInSystem);
    if (systemLine === undefined) parts.request += `\n${lineIn(builtInRequest) ?? ''}`;
    else parts.system += `\n\n${systemLine}`;
  }
  return `# System\n\n${parts.system.trim()}\n\n# Request\n\n${parts.request.trim()}\n`;
}

/** Without what would be read as a heading or a comment of the template. */
function plain(part: string): string {
  return part
    .replaceAll(/^#(?=\s+(?:system|request)\s*$)/gim, '##')
    .replaceAll('<!--', '')
    .replaceAll('-->', '');
}
