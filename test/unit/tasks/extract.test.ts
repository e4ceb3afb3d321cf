import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainDocument } from '../../../src/corpus/document.ts';
import { UserError } from '../../../src/foundation/userError.ts';
import { defaultProject } from '../../../src/project/defaults.ts';
import type { Project } from '../../../src/project/project.ts';
import { documentSubject, prepareExtract } from '../../../src/tasks/extract.ts';
import { Consent } from '../../../src/tasks/sending/consent.ts';
import { fakeModel } from './fakeModel.ts';

const noExamples = { examples: [], counterExamples: [] };
const project: Project = {
  ...defaultProject,
  entityTypes: [
    { ...noExamples, name: 'Disease', definition: 'An illness.', guideline: 'Ask Dr. Hollis.' },
    { ...noExamples, name: 'Chemical', definition: 'A substance.' },
  ],
  generation: { ...defaultProject.generation, prices: { house: { input: 1, output: 4 } }, maxCostUsd: 2 },
};
const note = 'Mr. John Miller has gout.\nNo other complaint.\n';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartmark-task-'));
});
afterEach(() => rm(folder, { recursive: true }));

const { choice, requests, connections } = fakeModel(() =>
  JSON.stringify({
    texts: [{ text: 'Mr. John Miller has <Disease>gout</Disease>.' }, { text: 'No other complaint.' }],
  }),
);

function prepare(text = note, more: { readonly task?: 're'; readonly types?: readonly string[] } = {}) {
  const { task = 'ner', types } = more;
  const document = plainDocument('visit', text);
  const located = { file: 'visit.txt', text, lineAt: () => 1 };
  return prepareExtract({
    task,
    project,
    model: choice,
    subject: documentSubject(document, { task, project, located }),
    types,
    folderOf: (run) => path.join(folder, run),
    resume: true,
  });
}

describe('a prepared extraction', () => {
  it('discloses what would go where, how much it is and what was found in text and prompt', async () => {
    const { disclosure } = await prepare();
    expect(disclosure).toMatchObject({
      task: 'extract',
      wanted: 'mentions in 2 sentences of 1 text',
      sends: 'own texts',
      estimate: { requests: 1, texts: 2 },
      maxCostUsd: 2,
      isStopped: true,
    });
    expect(disclosure.model.destination).toEqual({ kind: 'remote', host: 'llm.example.org' });
    expect(disclosure.identifiers.found).toEqual([
      { place: 'visit.txt', line: 1, kind: 'name' },
      { place: 'chartmark.json, "Disease"', kind: 'name' },
    ]);
    expect(disclosure.estimate.costUsd).toBeGreaterThan(0);
  });

  it('has written, sent and connected nothing', async () => {
    await prepare();
    expect(await readdir(folder)).toEqual([]);
    expect(connections()).toBe(0);
  });

  it('starts with a consent to its own disclosure only', async () => {
    const [one, other] = [await prepare(), await prepare()];
    const consent = Consent.to(other.disclosure, { despiteIdentifiers: true });
    await expect(one.start(consent, {})).rejects.toThrow('another disclosure');
    expect(() => Consent.to(one.disclosure)).toThrow(UserError);
    expect(connections()).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  });

  it('gives the document with what the model found, and has nothing left to send then', async () => {
    const { disclosure, start } = await prepare();
    const extracted = await start(Consent.to(disclosure, { despiteIdentifiers: true }), {});
    expect(extracted.found.spans).toMatchObject([{ start: 20, end: 24, label: 'Disease', source: 'llm' }]);
    expect(extracted).toMatchObject({ questions: 2, unanswered: 0, folder: expect.stringContaining(folder) });
    expect(requests).toHaveLength(1);
    const again = await prepare();
    expect(again.disclosure.estimate.requests).toBe(0);
    expect(again.disclosure.isStopped).toBe(false);
    const { found } = await again.start(Consent.to(again.disclosure), {});
    expect(found.spans).toHaveLength(1);
    expect(requests).toHaveLength(1);
  });

  it('is refused if there is nothing to ask, or a type is unknown', async () => {
    await expect(prepare(' \n')).rejects.toThrow(UserError);
    await expect(prepare(note, { task: 're' })).rejects.toThrow(UserError);
    await expect(prepare(note, { types: ['Gene'] })).rejects.toThrow('"Gene"');
  });
});
