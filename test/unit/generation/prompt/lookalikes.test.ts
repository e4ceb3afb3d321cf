import { describe, expect, test } from 'vitest';
import { defaultProject } from '../../../../src/project/defaults.ts';
import { mentionTypes, type EntityType } from '../../../../src/project/project.ts';
import {
  harmlessContents,
  lookalikePattern,
  lookalikesOf,
} from '../../../../src/generation/prompt/lookalikes.ts';

const type = (
  name: string,
  counterExamples: readonly string[] = [],
  examples: readonly string[] = [],
): EntityType => ({ name, definition: 'x', examples, counterExamples });

const clinical = type('Disease', [
  'disease',
  'right atrium',
  'HR 72',
  'glucose',
  '40 ml',
  'TP53',
  'cystoscopy',
]);

describe('words that are easily mistaken for a mention', () => {
  test('are the counter-examples, each once, if no other type covers them', () => {
    expect(lookalikesOf([clinical, type('Drug', ['disease'])], {})).toEqual(clinical.counterExamples);
  });

  test.each([
    ['an example of another type', type('Vital_sign', [], ['HR 101']), 'HR 72'],
    ['body parts of a type of body parts', type('BodyPart'), 'right atrium'],
    ['amounts of a type of doses', type('Dosage'), '40 ml'],
    ['values that a test measures', type('Test'), 'glucose'],
    ['investigations of a type of tests', type('Test'), 'cystoscopy'],
    ['investigations of a type of procedures', type('Procedure'), 'cystoscopy'],
    ['genes of a type of genes', type('Gene'), 'TP53'],
  ])('are without %s', (_, other, word) => {
    const words = lookalikesOf([clinical, other], {});
    expect(words).not.toContain(word);
    expect(words).toContain('disease');
  });

  test('are without a topic of another type, in singular and plural', () => {
    expect(lookalikesOf([type('Device', ['stents', 'bed']), type('Part')], { Part: ['stent'] })).toEqual([
      'bed',
    ]);
  });

  test('are what the report of a run looks for', () => {
    const project = { ...defaultProject, entityTypes: [clinical, type('Test')] };
    expect(lookalikePattern(project)?.test('Seen for a disease.')).toBe(true);
    expect(lookalikePattern(project)?.test('A cystoscopy was advised.')).toBe(false);
  });

  test('of the default types are no procedures', () => {
    expect(lookalikesOf(mentionTypes(defaultProject), {})).not.toContain('colonoscopy');
  });
});

describe('the contents of texts without a mention', () => {
  test('are nothing that the project tags', () => {
    const all = harmlessContents([clinical]);
    for (const kind of ['anatomy', 'measurements', 'genes', 'normal']) expect(all).toContain(kind);
    const few = harmlessContents([clinical, type('Anatomy'), type('Dosage'), type('Gene'), type('Test')]);
    expect(few).not.toMatch(/anatomy|measurements|genes|normal/);
    expect(few).toContain('instructions');
  });

  test('are bare names of types only if a type says that they are none of it', () => {
    expect(harmlessContents([clinical, type('Pain')])).toContain('bare words such as "disease",');
  });
});
