import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { formatBrat } from '../../../src/corpus/brat/write.ts';
import type { Document } from '../../../src/corpus/document.ts';
import { formatJsonl } from '../../../src/corpus/jsonl.ts';
import { readTrainingData } from '../../../src/process/trainingData.ts';
import { relationDocument } from '../project/relationDocument.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartmark-relations-'));
});

async function write(name: string, content: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}

function writeJsonl(...documents: readonly Document[]): Promise<string> {
  return write('docs.jsonl', formatJsonl(documents));
}

const related = relationDocument('[PAH|Gene] causes [gout|Disease]. [CFTR|Gene] or [pain|Disease].', [
  'T1',
  'T2',
  'association',
]);

describe('relations to learn', () => {
  it('are the pairs of documents, and the schema that made them is kept', async () => {
    const { data } = await readTrainingData('re', [await writeJsonl(related)], folder, {
      relationInput: 'marker',
      relationWindow: 2,
    });
    expect(data).toMatchObject({
      task: 're',
      rows: [
        { text: '@ * gene * PAH @ causes # ^ disease ^ gout # .', label: '1' },
        { label: '0' },
        { label: '0' },
        { label: '0' },
      ],
      schema: {
        input: 'marker',
        window: 2,
        types: [{ name: 'association', head: 'Gene', tail: 'Disease' }],
      },
    });
  });

  it('follow chartmark.json where nothing else is said', async () => {
    const project = { relations: { input: 'marker' } };
    await write('chartmark.json', JSON.stringify(project));
    const { data } = await readTrainingData('re', [await writeJsonl(related)], folder);
    expect(data).toMatchObject({ rows: [{}, {}], schema: { input: 'marker', window: 1 } });
  });

  it('are read once from a brat pair, whichever of its files is found', async () => {
    await write('note.txt', related.text);
    const file = await write('note.ann', formatBrat(related));
    const { data } = await readTrainingData('re', [folder], folder);
    expect(data).toMatchObject({ rows: [{ label: '1' }, { label: '0' }] });
    expect((await readTrainingData('re', [file], folder)).data).toEqual(data);
  });

  it('may be mixed with masked rows, each with the weight of its file', async () => {
    const rows = await write('rows.tsv', '@GENE$ and @DISEASE$ .\t0\n');
    const { data } = await readTrainingData('re', [rows, await writeJsonl(related)], folder, {
      weights: [0.5, 2],
      relationInput: 'marker',
    });
    expect(data).toMatchObject({
      rows: [{ text: '@GENE$ and @DISEASE$ .', weight: 0.5 }, { weight: 2 }, { weight: 2 }],
      schema: { input: 'marker' },
    });
  });

  it('that are all masked rows make a model that reads masks, whatever the project says', async () => {
    await write('chartmark.json', JSON.stringify({ relations: { input: 'marker' } }));
    const rows = await write('rows.tsv', '@GENE$ and @DISEASE$ .\t0\n');
    const { data } = await readTrainingData('re', [rows], folder);
    expect(data).toMatchObject({ schema: { input: 'mask' } });
    await expect(readTrainingData('re', [rows], folder, { relationInput: 'marker' })).rejects.toThrow(
      /always masked.*cannot be marked/,
    );
  });
});

describe('documents without a relation to learn', () => {
  it('whose mentions no relation type joins: both kinds are named', async () => {
    const file = await writeJsonl(
      relationDocument('[Aspirin|Chemical] for [pain|Disease].', ['T1', 'T2', 'treats']),
    );
    await expect(readTrainingData('re', [file], folder)).rejects.toThrow(
      'No two mentions in one sentence can be joined by a relation type: association (Gene, Disease). ' +
        'The documents state: treats (Chemical, Disease).',
    );
  });

  it('whose pairs are all unrelated: it is said what they do state', async () => {
    const nothing = await writeJsonl(relationDocument('[PAH|Gene] or [gout|Disease].'));
    await expect(readTrainingData('re', [nothing], folder)).rejects.toThrow(
      'Found 1 pair of mentions, but no relation of these types: association (Gene, Disease). ' +
        'The documents state no relations.',
    );
    const others = await writeJsonl(
      relationDocument('[PAH|Gene] or [gout|Disease].', ['T1', 'T2', 'cause'], ['T2', 'T1', 'effect']),
    );
    await expect(readTrainingData('re', [others], folder)).rejects.toThrow(
      /state: cause \(Gene, Disease\), effect \(Disease, Gene\)\./,
    );
  });

  it('in a project without relation types: they are asked for', async () => {
    const entityTypes = [{ name: 'Disease', definition: 'x' }];
    await write('chartmark.json', JSON.stringify({ entityTypes }));
    const file = await writeJsonl(relationDocument('[PAH|Gene] or [gout|Disease].'));
    await expect(readTrainingData('re', [file], folder)).rejects.toThrow(
      'The project has no relation types.',
    );
  });

  it('with the ends of a relation exchanged: document and relation are named', async () => {
    const file = await writeJsonl(
      relationDocument('[PAH|Gene] causes [gout|Disease].', ['T2', 'T1', 'association']),
    );
    await expect(readTrainingData('re', [file], folder)).rejects.toMatchObject({
      message:
        'Relation R1 of document note goes from Disease to Gene, but the relation type association (Gene, Disease) goes the other way.',
      place: { file },
    });
  });
});
