import { mkdir, mkdtemp, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadProject } from '../../../src/project/parseProject.ts';
import { type OpenProject, projectPlaces } from '../../../src/project/projectPlaces.ts';

/** A project in a new folder, with these files. Later files are newer. To be removed when the tests are over. */
export async function makeProject(
  files: Readonly<Record<string, string>> = {},
): Promise<OpenProject & { readonly at: (...parts: readonly string[]) => string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chartmark-tasks-'));
  const at = (...parts: readonly string[]): string => path.join(folder, ...parts);
  let time = 1_700_000_000;
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(at(name)), { recursive: true });
    await writeFile(at(name), content);
    time += 60;
    await utimes(at(name), time, time);
  }
  return { ...projectPlaces(folder, await loadProject(folder)), at };
}

/** The files of a model that was trained for a task; it cannot be run. */
export function trainedModel(name: string, task: 'ner' | 're'): Readonly<Record<string, string>> {
  const info = { task, labels: ['Disease'], maxLength: 128, base: 'tiny', scores: {} };
  return {
    [`models/${name}/config.json`]: '{"id2label":{"0":"O"}}',
    [`models/${name}/chartmark.json`]: JSON.stringify(info),
    [`models/${name}/model.onnx`]: '',
  };
}

/** Those of a base encoder that was downloaded. */
export function baseEncoder(name: string): Readonly<Record<string, string>> {
  return { [`models/${name}/config.json`]: '{"architectures":["BertModel"]}' };
}
