import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/foundation/userError.ts';
import { defaultProject } from '../../../src/project/defaults.ts';
import type { Project } from '../../../src/project/project.ts';
import { openDecisions } from '../../../src/runs/review/decide.ts';
import { readRunReview } from '../../../src/runs/review/readRunReview.ts';
import { prepareCheckLabels } from '../../../src/tasks/checkLabels.ts';
import { Consent } from '../../../src/tasks/sending/consent.ts';
import { taggedDocument, writeRun } from '../../support/writeRun.ts';
import { fakeModel } from './fakeModel.ts';

const labels = ['Disease', 'Chemical'];
const project: Project = {
  ...defaultProject,
  entityTypes: labels.map((name) => ({
    name,
    definition: `A ${name}.`,
    examples: ['as Dr. Hollis says'],
    counterExamples: [],
  })),
};

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartmark-task-'));
  const texts = [
    'Known <Disease>gout</Disease>, phone 555-867-5309.',
    'Again gout, in Springfield, aged 93.',
    'Seen by Dr. Hollis.',
  ];
  const documents = texts.map((text, index) => taggedDocument(String(index), text, labels));
  await writeRun(documents, labels, folder);
});
afterEach(() => rm(folder, { recursive: true }));

const reply = JSON.stringify({
  texts: [
    { number: 1, text: 'keep' },
    { number: 2, text: 'keep' },
  ],
});
const model = fakeModel(() => reply);

function prepare() {
  return prepareCheckLabels({ folder, project, model: model.choice });
}

async function decideAsPerson(): Promise<void> {
  const review = await readRunReview(folder, project);
  const [first] = review.texts;
  if (first === undefined) throw new Error('The run has texts.');
  const decisions = openDecisions(review, 'human');
  await decisions.decide(first, { kind: 'accept' });
  await decisions.close();
}

describe('a prepared check of labels', () => {
  it('discloses what would go where, and what was found in the texts that are sent and in the prompt', async () => {
    const { disclosure } = await prepare();
    expect(disclosure).toMatchObject({
      task: 'check labels',
      wanted: 'a check of the labels in 2 texts',
      sends: 'synthetic texts',
      estimate: { requests: 1, texts: 2 },
      notes: ['Texts with doubtful labels: 2 of 3.'],
      isStopped: true,
    });
    // Invented texts may name towns and ages, and the third text is not sent.
    expect(disclosure.identifiers.found).toEqual([
      { place: path.join(folder, 'accepted.jsonl'), line: 1, kind: 'phone' },
      { place: 'chartmark.json, "Disease"', kind: 'name' },
      { place: 'chartmark.json, "Chemical"', kind: 'name' },
    ]);
    expect(await readdir(folder)).not.toContain('.verify');
    expect(model.connections()).toBe(0);
  });

  it('starts with a consent to its own disclosure only', async () => {
    const [one, other] = [await prepare(), await prepare()];
    const consent = Consent.to(other.disclosure, { despiteIdentifiers: true });
    await expect(one.start(consent, {})).rejects.toThrow('another disclosure');
    expect(model.connections()).toBe(0);
  });

  it('sends nothing if the run was changed after its disclosure', async () => {
    const { disclosure, start } = await prepare();
    await decideAsPerson();
    const started = start(Consent.to(disclosure, { despiteIdentifiers: true }), {});
    await expect(started).rejects.toThrow(UserError);
    expect(model.requests).toHaveLength(0);
  });

  it('reports what came of it', async () => {
    const { disclosure, start } = await prepare();
    const checked = await start(Consent.to(disclosure, { despiteIdentifiers: true }), {});
    expect(checked).toMatchObject({ asked: 2, kept: 2, relabelled: 0, unanswered: 0 });
    expect(model.requests).toHaveLength(1);
    expect((await prepare()).disclosure).toMatchObject({ estimate: { requests: 0 }, isStopped: false });
  });
});
