import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/foundation/userError.ts';
import { builtInPrompts, editableTemplate } from '../../../../src/generation/prompt/promptDefaults.ts';
import { fillTemplate, parsePromptTemplate } from '../../../../src/generation/prompt/promptTemplate.ts';

const request = '{{types}} {{reply}} {{texts}} {{style}} {{seeds}} {{entityFree}}';

function problemOf(source: string): string {
  try {
    parsePromptTemplate(source, 'ner', 'prompts/ner.md');
  } catch (error) {
    if (error instanceof UserError) return error.describe();
    throw error;
  }
  return 'none';
}

describe('a prompt template', () => {
  it.each(['ner', 're'] as const)('is valid, both the built-in one and as a file to edit (%s)', (task) => {
    const plain = parsePromptTemplate(builtInPrompts[task], task);
    const values = Object.fromEntries(
      [...builtInPrompts[task].matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => [name, `<${name}>`]),
    );
    const edited = editableTemplate(task, builtInPrompts[task], 'Found by a model -- see <!-- there -->.');
    const messages = fillTemplate(plain, values);
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(fillTemplate(parsePromptTemplate(edited, task), values)).toEqual(messages);
  });

  it('leaves out lines with an empty placeholder, and keeps one blank line between paragraphs', () => {
    const source = `# Request\n\nA {{types}}\n\n{{seeds}} gone\n\nB {{reply}}{{texts}}{{style}}\n{{entityFree}}\n`;
    const values = { types: 'T', seeds: '', reply: 'R', texts: '2', style: 'S', entityFree: '' };
    expect(fillTemplate(parsePromptTemplate(source, 'ner'), values)).toEqual([
      { role: 'user', content: 'A T\n\nB R2S' },
    ]);
  });

  it('inserts values as text, even with braces', () => {
    const template = parsePromptTemplate(`# Request\n${request}`, 'ner');
    const [message] = fillTemplate(template, {
      types: '{{texts}} $& {"a": {"b": 1}}',
      reply: 'r',
      texts: '1',
      style: 's',
      seeds: 'x',
      entityFree: '1',
    });
    expect(message?.content).toBe('{{texts}} $& {"a": {"b": 1}} r 1 s x 1');
  });

  it('may have a byte order mark, CRLF line ends, comments, and spaces in its placeholders', () => {
    const source = `\uFEFF<!-- {{nonsense}}\r\n-->\r\n# system\r\nBe brief.\r\n# REQUEST \r\n${request.replaceAll('{{', '{{ ')}`;
    expect(problemOf(source)).toBe('none');
  });

  it.each([
    [
      `<!-- a\nb -->\n# Request\n${request} {{entities}}`,
      'prompts/ner.md:4: {{entities}} is not a placeholder. Use one of {{types}}, ',
    ],
    [`# Request\n${request}\n{{"texts": []}}`, 'prompts/ner.md:3: "{{" must begin a placeholder'],
    [`Hello\n# Request\n${request}`, 'prompts/ner.md:1: This line is not part of a message.'],
    [`# Request\n${request}\n# Request\n`, 'prompts/ner.md:3: This heading appears twice.'],
    [`# Request\n${request}\n<!-- secret`, 'prompts/ner.md:3: A comment begins here but does not end.'],
    [`# System\n${request}`, 'prompts/ner.md: The template has no request. Write the request below'],
    [
      `# Request\n${request.replace('{{seeds}}', '')}`,
      'prompts/ner.md: The template has no {{seeds}}: the names to write about. Add it where it belongs.',
    ],
  ])('says where %j is wrong, and what to do', (source, problem) => {
    expect(problemOf(source)).toContain(problem);
  });
});
