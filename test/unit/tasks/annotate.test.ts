import { rm } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { type Document, plainDocument } from '../../../src/corpus/document.ts';
import { annotateDocuments, modelsOf } from '../../../src/tasks/annotate.ts';
import { annotateStream } from '../../../src/tasks/annotateStream.ts';
import { makeProject, trainedModel } from './projectFolder.ts';

interface Job {
  readonly model: string;
  readonly documents: readonly Document[];
}

/** A process whose models find one mention, and one pair for each mention. */
function fakeWorker() {
  const jobs: object[] = [];
  const signal = new AbortController().signal;
  const worker = {
    annotate: async ({ documents, ...job }: Job) => {
      jobs.push({ annotate: job, texts: documents.length });
      return documents.map((document) => ({
        ...document,
        spans: [{ id: 'T1', start: 0, end: 4, label: 'Disease', source: 'model' as const }],
      }));
    },
    relate: async ({ documents, ...job }: Job) => {
      jobs.push({ relate: job });
      return { documents, pairs: documents.flatMap(({ spans }) => spans).length };
    },
  };
  return { jobs, hooks: { worker, signal } };
}

const projectFolder = '/project';

describe('annotating', () => {
  test('finds mentions first, then relations between them', async () => {
    const { jobs, hooks } = fakeWorker();
    const models = { mentions: '/m', relations: '/r', window: 2, projectFolder };
    const { documents, pairs } = await annotateDocuments([plainDocument('a', 'Gout.')], models, hooks);
    expect(jobs).toEqual([
      { annotate: { model: '/m' }, texts: 1 },
      { relate: { model: '/r', projectFolder, window: 2 } },
    ]);
    expect(documents[0]?.spans).toHaveLength(1);
    expect(pairs).toBe(1);
  });

  test('keeps the mentions of the documents if no model finds them', async () => {
    const { jobs, hooks } = fakeWorker();
    const models = { relations: '/r', precision: 'int8', projectFolder } as const;
    await annotateDocuments([plainDocument('a', 'Gout.')], models, hooks);
    expect(jobs).toEqual([{ relate: { model: '/r', projectFolder, precision: 'int8' } }]);
  });

  test('takes a model for what it was trained for', async () => {
    const place = await makeProject({ ...trainedModel('local', 'ner'), ...trainedModel('pairs', 're') });
    const [local, pairs] = [place.at('models', 'local'), place.at('models', 'pairs')];
    expect(await modelsOf({ model: local, projectFolder })).toMatchObject({
      task: 'ner',
      models: { mentions: local },
    });
    expect(await modelsOf({ model: pairs, entities: local, projectFolder })).toMatchObject({
      task: 're',
      models: { mentions: local, relations: pairs },
    });
    await rm(place.folder, { recursive: true });
  });

  test('a stream goes through in chunks, in order, and names the line that is not a document', async () => {
    const { jobs, hooks } = fakeWorker();
    const lines = Array.from({ length: 40 }, (_, i) => JSON.stringify({ id: String(i), text: 'Gout.' }));
    const input = new PassThrough();
    const output = new PassThrough();
    input.end(`${lines.join('\n')}\n`);
    await annotateStream({ mentions: '/m', projectFolder }, { input, output }, hooks);
    output.end();
    const ids = (await textOf(output))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id);
    expect(ids).toEqual(lines.map((_, i) => String(i)));
    expect(jobs.map((job) => (job as { texts: number }).texts)).toEqual([32, 8]);
    const broken = new PassThrough();
    broken.end('{"text":"x"}\n\n{\n');
    const models = { mentions: '/m', projectFolder };
    await expect(annotateStream(models, { input: broken, output }, hooks)).rejects.toMatchObject({
      place: { file: 'standard input', line: 3 },
    });
  });
});
