import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readModelTask } from '../../../src/model/folder.ts';
import { relationSchemaOf } from '../../../src/process/relationSchemaOf.ts';

let model: string;
let project: string;
beforeEach(async () => {
  model = await mkdtemp(path.join(tmpdir(), 'chartmark-model-'));
  project = await mkdtemp(path.join(tmpdir(), 'chartmark-project-'));
});

const treats = { name: 'treats', head: 'Chemical', tail: 'Disease' };

function record(entries: object): Promise<void> {
  const info = { task: 're', labels: ['0', '1'], maxLength: 128, ...entries };
  return writeFile(path.join(model, 'chartmark.json'), JSON.stringify(info));
}

describe('the pairs that a relation model judges', () => {
  it('are those of its record, whatever the project says', async () => {
    const relations = { input: 'marker', window: 2, types: [{ ...treats, symmetric: true }] };
    await record({ relations });
    expect(await relationSchemaOf(model, project)).toEqual(relations);
  });

  it('are those of the project for a model without such a record, which was trained on masked rows', async () => {
    const settings = {
      entityTypes: ['Chemical', 'Disease'].map((name) => ({ name, definition: name })),
      relationTypes: [{ ...treats, definition: 'x' }],
      relations: { input: 'marker', window: 2 },
    };
    await writeFile(path.join(project, 'chartmark.json'), JSON.stringify(settings));
    const expected = { input: 'mask', window: 2, types: [treats] };
    expect(await relationSchemaOf(model, project)).toEqual(expected);
    await record({});
    expect(await relationSchemaOf(model, project)).toEqual(expected);
  });

  it('must be said somewhere', async () => {
    const settings = { entityTypes: [{ name: 'Disease', definition: 'x' }] };
    await writeFile(path.join(project, 'chartmark.json'), JSON.stringify(settings));
    await expect(relationSchemaOf(model, project)).rejects.toThrow(
      'Neither the model nor the project says which mentions can be related.',
    );
  });

  it('are none for a model of mentions', async () => {
    await record({ task: 'ner' });
    await expect(relationSchemaOf(model, project)).rejects.toThrow(/finds mentions, not relations/);
  });

  it.each([
    [{ input: 'bold', window: 1, types: [treats] }],
    [{ input: 'mask', window: 0, types: [treats] }],
    [{ input: 'mask', window: 1, types: [{ name: 'treats' }] }],
    [7],
  ])('are refused when the record holds %j', async (relations) => {
    await record({ relations });
    await expect(relationSchemaOf(model, project)).rejects.toMatchObject({
      place: { file: path.join(model, 'chartmark.json') },
    });
  });
});

describe('the task of a model', () => {
  it('is told by its record, else by its architecture', async () => {
    const config = { architectures: ['BertForSequenceClassification'] };
    await writeFile(path.join(model, 'config.json'), JSON.stringify(config));
    expect(await readModelTask(model)).toBe('re');
    await record({ task: 'ner' });
    expect(await readModelTask(model)).toBe('ner');
  });

  it('is unknown of a folder that is not there', async () => {
    await expect(readModelTask(path.join(model, 'nowhere'))).rejects.toThrow(
      'The model folder does not exist.',
    );
  });
});
