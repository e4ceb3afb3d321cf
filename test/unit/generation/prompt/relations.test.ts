import { describe, expect, test } from 'vitest';
import { defaultProject } from '../../../../src/project/defaults.ts';
import { parseProject } from '../../../../src/project/parseProject.ts';
import { buildPrompt } from '../../../../src/generation/prompt/buildPrompt.ts';
import { planRequest } from '../../../../src/generation/plan/planRequest.ts';
import { planRun } from '../../../../src/generation/plan/planRun.ts';
import { extractRequest } from '../../../../src/questions/extract/extractRequest.ts';
import type { RelationQuestion } from '../../../../src/questions/extract/documentQuestions.ts';

const usual = /looked for and not found|mere mention|only names them together|study aim/;

function prompts(relation: object): { readonly written: string; readonly extracted: string } {
  const project = parseProject(
    JSON.stringify({
      entityTypes: defaultProject.entityTypes,
      relationTypes: [
        { name: 'treats', head: 'Chemical', tail: 'Disease', definition: 'It helps.', ...relation },
      ],
    }),
    'chartmark.json',
  );
  const plan = planRun({ task: 're', project, count: 10, seed: 1 });
  const spec = planRequest(plan, 0, { accepted: 0, acceptedNegative: 0 });
  const question = {
    task: 're',
    text: '@CHEMICAL$ for @DISEASE$',
    relations: ['treats'],
  } as unknown as RelationQuestion;
  const asked = extractRequest(
    [question],
    { task: 're', project, labels: [] },
    { index: 0, price: undefined },
  );
  const words = (messages: readonly { readonly content: string }[]): string =>
    messages.map(({ content }) => content).join('\n');
  return { written: words(buildPrompt(spec, plan.project)), extracted: words(asked.request.messages) };
}

describe('what is not the relation', () => {
  test('is what the relation type says, and the usual cases are left out', () => {
    const { written, extracted } = prompts({
      negativeDefinition: 'Doses and prices',
      counterExamples: ['A costs more than B.'],
    });
    for (const prompt of [written, extracted]) {
      expect(prompt).toContain(
        'It helps. Not "treats": Doses and prices. Examples of what is not "treats": A costs more than B.',
      );
      expect(prompt).not.toMatch(usual);
    }
    expect(written).toContain('("relation": "none"): as described above');
  });

  test('may be shown by counter-examples alone', () => {
    const { written, extracted } = prompts({ counterExamples: ['A costs more than B.'] });
    for (const prompt of [written, extracted]) expect(prompt).not.toMatch(usual);
  });

  test('is the usual where the type says nothing, unless the definition counts it', () => {
    const { written, extracted } = prompts({ examples: ['A eases B'] });
    for (const prompt of [written, extracted]) {
      expect(prompt).toMatch(usual);
      expect(prompt).toMatch(/unless the definition counts/);
      expect(prompt).toContain('Examples: A eases B.');
    }
  });

  test('is said of the types that the relation joins, whatever they are called', () => {
    const { written } = prompts({});
    expect(written).toContain('Other names of these types may occur in it, but stay untagged.');
    expect(written).not.toMatch(/genes and diseases/i);
  });
});
