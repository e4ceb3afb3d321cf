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
  it.each(['ner', 're'] as const)('is sound as built in, and as a file to edit (%s)', (task) => {
    const plain = parsePromptTemplate(builtInPrompts[task], task);
    const values = Object.fromEntries(
      [...builtInPrompts[task].matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => [name, `<${name}>`]),
    );
    const edited = editableTemplate(task, builtInPrompts[task], 'Found by a model -- see <!-- there -->.');
    const messages = fillTemplate(plain, values);
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(fillTemplate(parsePromptTemplate(edited, task), values)).toEqual(messages);
  });

  it('leaves out a line whose placeholder stands for nothing, and keeps one break between paragraphs', () => {
    const source = `# Request\n\nA {{types}}\n\n{{seeds}} gone\n\nB {{reply}}{{texts}}{{style}}\n{{entityFree}}\n`;
    const values = { types: 'T', seeds: '', reply: 'R', texts: '2', style: 'S', entityFree: '' };
    expect(fillTemplate(parsePromptTemplate(source, 'ner'), values)).toEqual([
      { role: 'user', content: 'A T\n\nB R2S' },
    ]);
  });

  it('takes what a value says as text, braces and all', () => {
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

  it('may come with a BOM, CRLF line ends, comments and blanks in its placeholders', () => {
    const source = `\uFEFF<!-- {{nonsense}}\r\n-->\r\n# system\r\nBe brief.\r\n# REQUEST \r\n${request.replaceAll('{{', '{{ ')}`;
    expect(problemOf(source)).toBe('none');
  });

  it.each([
    [
      `<!-- a\nb -->\n# Request\n${request} {{entities}}`,
      'prompts/ner.md:4: {{entities}} is no placeholder. Use one of {{types}}, ',
    ],
    [`# Request\n${request}\n{{"texts": []}}`, 'prompts/ner.md:3: "{{" begins a placeholder, and here none'],
    [`Hello\n# Request\n${request}`, 'prompts/ner.md:1: This line belongs to no message.'],
    [`# Request\n${request}\n# Request\n`, 'prompts/ner.md:3: This heading is there twice.'],
    [`# Request\n${request}\n<!-- secret`, 'prompts/ner.md:3: A comment begins here and does not end.'],
    [`# System\n${request}`, 'prompts/ner.md: The template has no request. Put the request below'],
    [
      `# Request\n${request.replace('{{seeds}}', '')}`,
      'prompts/ner.md: The template lacks {{seeds}}: the names to write about. Put it where it belongs.',
    ],
  ])('says where %j is wrong and what to do', (source, problem) => {
    expect(problemOf(source)).toContain(problem);
  });
});
