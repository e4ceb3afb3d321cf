import { describe, expect, test } from 'vitest';
import { parseProject } from '../../../../src/project/parseProject.ts';
import { lengthOfTexts } from '../../../../src/generation/prompt/textLength.ts';

const project = (generation: object = {}) => parseProject(JSON.stringify({ generation }), 'chartmark.json');
const style = (name: string, description = name, length?: string) => ({
  name,
  description,
  ...(length === undefined ? {} : { length }),
});

describe('the length of texts', () => {
  test('is a few sentences or a whole note', () => {
    expect(lengthOfTexts(style('ED note'), project())).toBe('each an excerpt of one to three sentences');
    expect(lengthOfTexts(style('ED note'), project({ unit: 'notes' }))).toMatch(
      /^each a whole note of about 120/,
    );
  });

  test.each([
    ['problem list', 'What is known.'],
    ['Review of systems', 'By system.'],
    ['medication reconciliation', 'At admission.'],
    ['physical', 'The examination by region.'],
  ])('of a list is not a few sentences: %s', (name, description) => {
    expect(lengthOfTexts(style(name, description), project())).toMatch(
      /^each a dense list of five to twelve/,
    );
  });

  test('is what the style says', () => {
    expect(lengthOfTexts(style('letter', 'x', 'a page'), project({ unit: 'notes' }))).toBe('each a page');
  });

  test("names the project's own limits, which a text must keep", () => {
    expect(lengthOfTexts(style('ED note'), project({ minLength: 80, maxLength: 400 }))).toMatch(
      / \(at least 80 characters, at most 400 characters\)$/,
    );
  });
});
