import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadProject } from '../../../src/project/parseProject.ts';
import { previewPrompt, writeTemplate } from '../../../src/tasks/prompt.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartmark-prompt-'));
});
afterEach(() => rm(folder, { recursive: true }));

const preview = async (topicSource: 'project' | 'lexicon', request = 0): Promise<string> => {
  const project = await loadProject(folder);
  const { request: composed } = await previewPrompt({
    project,
    task: 'ner',
    topicSource,
    seed: 1,
    request,
    resources: '.',
  });
  return composed.messages.map(({ content }) => content).join('\n');
};

describe('a preview of a prompt', () => {
  it('has the topics of its source, and others in another request', async () => {
    expect(await preview('project')).not.toContain('is about');
    const first = await preview('lexicon');
    expect(first).toContain('is about another one of these names');
    expect(await preview('lexicon')).toBe(first);
    expect(await preview('lexicon', 1)).not.toBe(first);
  });
});

describe('a template to edit', () => {
  it('is written once, says the same as the built-in one, and is not overwritten', async () => {
    const before = await preview('project');
    const project = await loadProject(folder);
    const { file, isNew } = await writeTemplate(folder, project, 'ner');
    expect([file, isNew]).toEqual([path.join(folder, 'prompts', 'ner.md'), true]);
    expect(await preview('project')).toBe(before);
    const text = await readFile(file, 'utf8');
    const again = await writeTemplate(folder, await loadProject(folder), 'ner');
    expect(again).toEqual({ file, isNew: false });
    expect(await readFile(file, 'utf8')).toBe(text);
  });
});
