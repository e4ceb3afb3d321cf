import { describe, expect, it } from 'vitest';
import { builtInPrompts } from '../../../../src/generation/prompt/promptDefaults.ts';
import {
  candidateMessages,
  parseCandidates,
} from '../../../../src/generation/promptSearch/candidateRequest.ts';
import { roundAsMarkdown, roundAsText } from '../../../../src/generation/promptSearch/describeRound.ts';
import { parsePromptTemplate } from '../../../../src/generation/prompt/promptTemplate.ts';

const whole = {
  idea: 'As a ward doctor',
  system: 'You are a doctor. {{types}}\n{{reply}}',
  request: '{{texts}} texts. {{style}}\n{{seeds}}\n{{entityFree}} without.',
};
const template =
  '# System\n\nYou are a doctor. {{types}}\n{{reply}}\n\n# Request\n\n{{texts}} texts. {{style}}\n{{seeds}}\n{{entityFree}} without.\n';

describe('the templates in a reply', () => {
  it.each([
    ['as asked for', JSON.stringify({ templates: [whole] })],
    [
      'in a fence, with prose',
      `Sure!\n\`\`\`json\n${JSON.stringify([whole], null, 1)}\n\`\`\`\nHope it helps {x}`,
    ],
    ['with line breaks in strings', `{"templates": [${JSON.stringify(whole).replaceAll('\\n', '\n')}]}`],
    ['after thinking aloud', `<think>{"a": 1}</think>${JSON.stringify({ templates: [whole] })}`],
  ])('are taken %s', (_, reply) => {
    expect(parseCandidates(reply, 'ner', 4)).toEqual([{ idea: whole.idea, template }]);
  });

  it('are given the lines of the built-in one for placeholders that they lack', () => {
    for (const task of ['ner', 're'] as const) {
      const reply = JSON.stringify({ templates: [{ idea: 'x', system: 'Be brief.', request: 'Write.' }] });
      const [found] = parseCandidates(reply, task, 1);
      if (found === undefined || !('template' in found)) throw new Error(JSON.stringify(found));
      expect(() => parsePromptTemplate(found.template, task)).not.toThrow();
      expect(found.template).toContain('Be brief.');
    }
  });

  it('that hold unknown placeholders or other braces are named with their fault', () => {
    const faults = [
      { ...whole, request: `${whole.request} {{topic}}` },
      { ...whole, system: `${whole.system} {{"texts": []}}` },
    ];
    const found = parseCandidates(JSON.stringify({ templates: [...faults, whole] }), 'ner', 3);
    expect(found).toEqual([
      { idea: whole.idea, problem: expect.stringContaining('{{topic}}') as string },
      { idea: whole.idea, problem: expect.stringContaining('"{{"') as string },
      { idea: whole.idea, template },
    ]);
  });

  it('are no more than were asked for, and none where there are none', () => {
    expect(parseCandidates(JSON.stringify([whole, whole, whole]), 'ner', 2)).toHaveLength(2);
    expect(parseCandidates('I cannot help with that.', 'ner', 2)).toEqual([]);
    expect(parseCandidates('{"templates": []}', 'ner', 2)).toEqual([]);
  });

  it('keep no heading or comment that would cut them', () => {
    const system = `# Request\n<!-- ${whole.system}`;
    const [found] = parseCandidates(JSON.stringify([{ ...whole, system }]), 'ner', 1);
    expect(found).toMatchObject({ template: template.replace('You are', '## Request\n You are') });
  });
});

describe('the request for templates', () => {
  it('names the placeholders, the present template and, later, how it did', () => {
    const spec = { task: 'ner', subject: 'Diseases.', base: builtInPrompts.ner, count: 3 } as const;
    const [system, wish] = candidateMessages(spec);
    expect(system?.content).toContain('{{seeds}}: the names to write about (must be there)');
    expect(wish?.content).toContain(builtInPrompts.ner);
    expect(wish?.content).toContain('Write 3 other templates');
    const [, later] = candidateMessages({ ...spec, baseResult: 'Of 5 texts 3 passed.' });
    expect(later?.content).toContain('Of 5 texts 3 passed.\n\nWrite 3 variants of it');
  });
});

describe('a round', () => {
  const trial = {
    accepted: 1,
    rejected: { malformed: 2, duplicate: 1 },
    mentions: 2,
    negative: 0,
    meanLength: 40,
    texts: [
      { text: 'Has <Disease>gout</Disease> | and\n```more```.' },
      { text: 'broken', reason: 'malformed', detail: 'an unclosed tag' },
    ],
    costUsd: 0.0123,
  };
  const round = {
    round: 2,
    texts: 4,
    costUsd: 0.5,
    candidates: [
      { number: 0, idea: 'as it was', template, trial },
      { number: 1, idea: 'odd', problem: '{{topic}} is not a placeholder.' },
    ],
  };

  it('stands side by side as text', () => {
    const lines = roundAsText(round).split('\n');
    expect(lines[2]).toMatch(/^# {2}accepted {2}rejected for\s+mentions {2}without {2}characters {2}cost$/);
    expect(lines[3]).toMatch(/^0 {2}1 of 4\s+malformed 2, duplicate 1\s+2\s+0\s+40\s+0\.0123 USD$/);
    expect(lines[4]).toMatch(/^1 {2}-\s+\{\{topic\}\} is not a placeholder\.$/);
    expect(lines).toContain('  + Has <Disease>gout</Disease> | and ```more```.');
    expect(lines).toContain('  - malformed (an unclosed tag): broken');
  });

  it('stands side by side as Markdown, whatever the texts hold', () => {
    const lines = roundAsMarkdown(round).split('\n');
    expect(lines.filter((line) => line.startsWith('| '))).toHaveLength(4);
    expect(lines).toContain('  ````text');
    expect(lines.filter((line) => line.trim() === '````')).toHaveLength(1);
    expect(lines).toContain('- **malformed** (an unclosed tag):');
  });
});
