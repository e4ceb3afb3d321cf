import { describe, expect, it } from 'vitest';
import { defaultProject } from '../../../src/project/defaults.ts';
import { findPromptIdentifiers } from '../../../src/generation/prompt/promptIdentifiers.ts';
import { builtInPrompts, editableTemplate } from '../../../src/generation/prompt/promptDefaults.ts';

describe('findPromptIdentifiers', () => {
  it('finds nothing in the built-in prompts', () => {
    for (const task of ['ner', 're'] as const) {
      const text = editableTemplate(task, builtInPrompts[task]);
      const project = { ...defaultProject, prompts: { [task]: { file: 'p.md', text } } };
      expect(findPromptIdentifiers(project, task)).toEqual([]);
    }
  });

  it('reports the line of the template, but ignores comments, which are not sent', () => {
    const text = '<!-- by Jane Miller -->\n# Request\n\nLike Jane Doe, MRN 1234567:\n';
    const project = { ...defaultProject, prompts: { ner: { file: 'prompts/ner.md', text } } };
    expect(findPromptIdentifiers(project, 'ner')).toEqual([
      { place: 'prompts/ner.md', line: 4, kind: 'name' },
      { place: 'prompts/ner.md', line: 4, kind: 'medical-record' },
    ]);
    expect(findPromptIdentifiers(project, 're')).toEqual([]);
  });

  it('scans the guidelines, examples and counter-examples of types and relations', () => {
    const [type, ...others] = defaultProject.entityTypes;
    if (type === undefined) throw new Error('no type');
    const entityTypes = [
      { ...type, guideline: 'Ask Dr. Hollis.', counterExamples: ['call 312-555-0147'] },
      ...others,
    ];
    expect(findPromptIdentifiers({ ...defaultProject, entityTypes })).toEqual([
      { place: `chartmark.json, "${type.name}"`, kind: 'name' },
      { place: `chartmark.json, "${type.name}"`, kind: 'phone' },
    ]);
  });
});
