import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chartmark } from './chartmark.ts';
import { tinyWorkspace } from './tinyWorkspace.ts';

let cwd: string;
beforeAll(async () => {
  cwd = await tinyWorkspace(60);
  await writeFile(path.join(cwd, 'note.txt'), 'had fever with aspirin .\n');
});
afterAll(() => rm(cwd, { recursive: true }));

/** Mentions found in the note by the model, with these options. */
async function annotated(...options: readonly string[]) {
  const { code, stderr } = await chartmark(['annotate', 'note.txt', '--model', 'tiny', ...options], { cwd });
  const written = await readFile(path.join(cwd, 'annotations/note.ann'), 'utf8').catch(() => '');
  await rm(path.join(cwd, 'annotations'), { recursive: true, force: true });
  return { code, stderr, types: [...written.matchAll(/\t(\w+) \d+ \d+\t/gu)].map(([, type]) => type) };
}

test('--quantize says both scores, and annotate runs either graph', async () => {
  const command = 'train --base base --train train.bio --out tiny --lr 3e-3 --batch 8 --epochs 6 --quantize';
  const { code, stdout } = await chartmark(command.split(' '), { cwd });
  expect(code).toBe(0);
  expect(stdout).toMatch(/tiny: dev F1 [\d.]+% \(epoch \d\), [\d.]+% with 8-bit weights, /u);
  expect(await readdir(path.join(cwd, 'tiny'))).toContain('model_quantized.onnx');
  const types = ['Disease', 'Chemical'];
  expect(await annotated()).toMatchObject({ code: 0, types });
  expect(await annotated('--precision', 'fp32')).toMatchObject({ code: 0, types });

  // Which graph runs shows when it is gone.
  await rm(path.join(cwd, 'tiny/model_quantized.onnx'));
  const missing = await annotated();
  expect(missing.code).toBe(1);
  expect(missing.stderr).toContain('no model_quantized.onnx');
  expect(missing.stderr).toContain('--precision fp32');
  expect(await annotated('--precision', 'fp32')).toMatchObject({ code: 0, types });
});
