import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { checkFiles } from '../../../src/tasks/check.ts';
import { makeProject } from './projectFolder.ts';

let place: Awaited<ReturnType<typeof makeProject>>;
afterEach(() => rm(place.folder, { recursive: true }));

describe('checking files', () => {
  test('reports the problems of all files, unreadable ones included', async () => {
    place = await makeProject({
      'data/a.bio': 'a\tO\nb\n',
      'data/b.txt': '',
      'data/c.ann': 'T1\tX 0 1\tb\n',
      'data/c.txt': 'a',
    });
    await writeFile(place.at('data', 'b.txt'), Buffer.from([0xff, 0xfe, 0x41, 0]));
    const { files, errors, warnings, problems } = await checkFiles([place.at('data')]);
    expect([files, errors, warnings]).toEqual([4, 3, 0]);
    expect(problems.map(({ file, code }) => [path.basename(file), code])).toEqual([
      ['a.bio', 'broken-line'],
      ['b.txt', 'unreadable'],
      ['c.ann', 'text-mismatch'],
    ]);
  });

  test('reports labels that a project does not have, if one is named', async () => {
    place = await makeProject({
      'a.bio': 'gout\tB-Disease\nfor\tB-Wish\n',
      'chartmark.json': '{"entityTypes":[{"name":"Disease","definition":"An illness."}]}',
    });
    expect((await checkFiles([place.at('a.bio')])).problems).toEqual([]);
    const { problems } = await checkFiles([place.at('a.bio')], { projectFolder: place.folder });
    expect(problems.map(({ line, code }) => [line, code])).toEqual([[2, 'unknown-label']]);
  });
});
