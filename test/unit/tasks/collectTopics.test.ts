import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/foundation/userError.ts';
import { defaultProject } from '../../../src/project/defaults.ts';
import type { Project } from '../../../src/project/project.ts';
import { prepareCollectTopics, typesToCollect } from '../../../src/tasks/collectTopics.ts';
import { Consent } from '../../../src/tasks/sending/consent.ts';
import { connect, unusedModel as model } from './fakeModel.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartmark-topics-'));
});
afterEach(() => rm(folder, { recursive: true }));

const project: Project = {
  ...defaultProject,
  entityTypes: defaultProject.entityTypes.map((type) =>
    type.name === 'Chemical' ? { ...type, guideline: 'Ask Jane Doe, MRN 1234567.' } : type,
  ),
  generation: { ...defaultProject.generation, prices: { house: { input: 1, output: 4 } }, maxCostUsd: 2 },
};
const prepare = (types: readonly string[], more: { readonly maxCostUsd?: number; project?: Project } = {}) =>
  prepareCollectTopics({ project, folder, types: typesToCollect(project, types), count: 20, model, ...more });

describe('collecting topics from a language model', () => {
  it('discloses what goes where and what it costs, and writes and sends nothing', async () => {
    const { disclosure, out } = await prepare(['Disease', 'Procedure']);
    expect(disclosure).toMatchObject({
      task: 'collect-topics',
      wanted: '20 topics for each of Disease, Procedure',
      sends: 'prompts',
      estimate: { texts: 40, requests: 8, spentUsd: 0 },
      maxCostUsd: 2,
      notes: ['It counts 2 messages.'],
    });
    expect(disclosure.model).toBe(model.info);
    expect(disclosure.estimate.costUsd).toBeGreaterThan(0);
    expect(disclosure.sent).toContain('the definition, guideline and counter-examples of each type');
    expect(out).toBe(path.join(folder, 'seeds'));
    expect(await readdir(folder)).toEqual([]);
    expect(connect).not.toHaveBeenCalled();
  });

  it('finds identifiers in the types that it is about, and in no others', async () => {
    const { disclosure } = await prepare(['Chemical']);
    expect(disclosure.isStopped).toBe(true);
    expect(disclosure.identifiers.found).toEqual([
      { place: 'chartmark.json, "Chemical"', kind: 'name' },
      { place: 'chartmark.json, "Chemical"', kind: 'medical-record' },
    ]);
    expect((await prepare(['Disease'])).disclosure.identifiers.found).toEqual([]);
  });

  it('needs a consent to this very disclosure', async () => {
    const [first, second] = [await prepare(['Disease']), await prepare(['Disease'])];
    await expect(second.start(Consent.to(first.disclosure), {})).rejects.toThrow('another disclosure');
    expect(connect).not.toHaveBeenCalled();
  });

  it('is not disclosed with a limit that cannot be enforced', async () => {
    await expect(prepare(['Disease'], { project: defaultProject, maxCostUsd: 1 })).rejects.toThrow(UserError);
  });
});

describe('the types to collect topics for', () => {
  it('are those that are named, or all that are tagged', () => {
    expect(typesToCollect(project, ['Gene']).map(({ name }) => name)).toEqual(['Gene']);
    expect(typesToCollect(project, undefined).map(({ name }) => name)).toEqual([
      'Disease',
      'Chemical',
      'Procedure',
    ]);
    expect(() => typesToCollect(project, ['Device'])).toThrow(UserError);
  });
});
