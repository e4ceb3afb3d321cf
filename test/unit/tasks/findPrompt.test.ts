import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/foundation/userError.ts';
import { builtInPrompts } from '../../../src/generation/prompt/promptDefaults.ts';
import type { Round } from '../../../src/generation/promptSearch/round.ts';
import { defaultProject } from '../../../src/project/defaults.ts';
import type { Project } from '../../../src/project/project.ts';
import { keepPrompt, openSearch, prepareRound, type PromptSearch } from '../../../src/tasks/findPrompt.ts';
import { Consent } from '../../../src/tasks/sending/consent.ts';
import { connect, unusedModel as model } from './fakeModel.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartmark-search-'));
});
afterEach(() => rm(folder, { recursive: true }));

const size = { model, candidates: 4, texts: 5, seed: 1 };
const prices = { house: { input: 1, output: 4 } };
const project: Project = { ...defaultProject, generation: { ...defaultProject.generation, prices } };

const trial = { accepted: 3, rejected: { malformed: 2 }, mentions: 3, negative: 0, meanLength: 9, texts: [] };
const first: Round = {
  round: 1,
  texts: 5,
  candidates: [
    { number: 0, idea: 'the built-in template', template: builtInPrompts.ner, trial },
    { number: 1, idea: 'brief', template: builtInPrompts.ner.replace('realistic', 'brief'), trial },
  ],
  costUsd: 0.25,
};
const search = (more: Partial<PromptSearch> = {}): Promise<PromptSearch> =>
  openSearch({ project, folder, task: 'ner' }).then((opened) => ({ ...opened, ...more }));

describe('a round of a search for a prompt', () => {
  it('discloses what goes where and what it costs, and writes and sends nothing', async () => {
    const { disclosure } = await prepareRound(await search(), { ...size, maxCostUsd: 3 });
    expect(disclosure).toMatchObject({
      task: 'find-prompt',
      wanted: '4 prompts and 5 texts with each (round 1 of at most 3)',
      sends: 'prompts',
      estimate: { texts: 25, requests: 6 },
      maxCostUsd: 3,
      notes: ['It counts 2 messages.'],
    });
    expect(disclosure.sent).toContain('You agree to this round only.');
    expect(await readdir(folder)).toEqual([]);
    expect(connect).not.toHaveBeenCalled();
  });

  it('after the first discloses what the search has cost, and that results are sent', async () => {
    const later = await prepareRound(await search({ last: first }), { ...size, variantsOf: 1 });
    expect(later.disclosure).toMatchObject({
      wanted: '4 prompts and 5 texts with each (round 2 of at most 3)',
      estimate: { texts: 20, requests: 5, spentUsd: 0.25 },
    });
    expect(later.disclosure.sent).toContain('how many texts with prompt 1 were accepted');
  });

  it('finds identifiers in the template of its task and in chartmark.json', async () => {
    const [type, ...types] = project.entityTypes;
    if (type === undefined) throw new Error('The default project has entity types.');
    const text = `${builtInPrompts.ner}Like Jane Doe.\n`;
    const planted = {
      ...project,
      entityTypes: [{ ...type, guideline: 'See MRN 1234567.' }, ...types],
      prompts: { ner: { file: 'prompts/ner.md', text } },
    };
    const { disclosure } = await prepareRound(await search({ project: planted }), size);
    expect(disclosure.isStopped).toBe(true);
    expect(disclosure.identifiers.found).toEqual([
      { place: 'prompts/ner.md', line: text.split('\n').length - 1, kind: 'name' },
      { place: `chartmark.json, "${type.name}"`, kind: 'medical-record' },
    ]);
  });

  it('needs a consent of its own: that to the round before is no consent to it', async () => {
    const one = await prepareRound(await search(), size);
    const two = await prepareRound(await search({ last: first }), { ...size, variantsOf: 1 });
    await expect(two.start(Consent.to(one.disclosure), {})).rejects.toThrow('another disclosure');
    expect(connect).not.toHaveBeenCalled();
  });

  it('is not disclosed if there can be no such round', async () => {
    await expect(prepareRound(await search({ last: first }), size)).rejects.toThrow(UserError);
    const over = await search({ last: { ...first, round: 3 } });
    await expect(prepareRound(over, { ...size, variantsOf: 1 })).rejects.toThrow(UserError);
    const other = await search({ last: first });
    await expect(prepareRound(other, { ...size, variantsOf: 7 })).rejects.toThrow(UserError);
  });
});

describe('a prompt that is kept', () => {
  it("becomes the project's template, and the one before stays in the search's folder", async () => {
    const opened = await search();
    expect(await keepPrompt(opened, first, 1)).toEqual({});
    expect(await readFile(opened.file, 'utf8')).toContain('Found by a search (round 1, 1): brief');
    await writeFile(opened.file, 'mine');
    const next = await search();
    expect(next.out).toBe(`${opened.out}-2`);
    const { replaced = '' } = await keepPrompt(next, first, 0);
    expect(await readFile(replaced, 'utf8')).toBe('mine');
  });
});

describe('the rounds of a search', () => {
  it('that are not what Chartmark wrote are an error with the file and the line', async () => {
    const file = path.join(folder, 'round-1', 'round.json');
    const out = folder;
    await keepPrompt({ ...(await search()), out: path.dirname(file) }, first, 1);
    await writeFile(file, JSON.stringify({ ...first, texts: 'five' }, null, 2));
    const failure = await openSearch({ project, folder, task: 'ner', out }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect((failure as UserError).place).toEqual({ file, line: 3 });
    await writeFile(file, JSON.stringify(first));
    expect((await openSearch({ project, folder, task: 'ner', out })).last).toEqual(first);
  });
});
