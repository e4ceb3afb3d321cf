import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { suite, test } from 'mocha';
import type { GenerateResult } from '../../../../src/generation/run/generateTexts.ts';
import { done, failure, workspaceFile } from '../support.ts';

suite('A run', () => {
  test('is resumed for more texts, and keeps those that it has', async () => {
    const offline = { provider: 'offline', topicSource: 'lexicon', count: 12 };
    const { folder } = await done<GenerateResult>('chartmark.generate', offline);
    const had = await readFile(`${folder}/accepted.jsonl`, 'utf8');
    const { accepted } = await done<GenerateResult>('chartmark.resumeRun', { folder, count: 20 });
    assert.equal(accepted, 20);
    const has = await readFile(`${folder}/accepted.jsonl`, 'utf8');
    assert.ok(has.startsWith(had));
    assert.match(await readFile(`${folder}/report.json`, 'utf8'), /"texts": 20/);
  });

  test('that does not exist is a sentence', async () => {
    assert.match(
      await failure('chartmark.resumeRun', { folder: workspaceFile() }),
      /There is no run in this folder/,
    );
  });
});
