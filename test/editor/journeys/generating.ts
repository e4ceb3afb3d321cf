import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Journey } from '../harness/journeys.ts';
import { highlightedTexts } from '../harness/highlights.ts';
import { acceptDefaults, fileExists } from '../harness/questions.ts';
import { eventually, runCommand, waitForNotification } from '../harness/workbench.ts';

export const generating: readonly Journey[] = [
  {
    title: 'Generating offline, with every default taken, leaves labelled notes',
    seconds: 90,
    async steps(workbench) {
      await runCommand(workbench, 'chartmark.generate');
      const runs = (): Promise<string[]> => readdir(path.join(workbench.folder, 'synthetic')).catch(() => []);
      await acceptDefaults(
        workbench,
        async () => (await runs()).some((run) => fileExists(workbench, `synthetic/${run}/accepted.jsonl`)),
        60,
      );
      const done = await waitForNotification(workbench, /30 notes accepted/);
      const [run] = await runs();
      const file = path.join(workbench.folder, 'synthetic', String(run), 'accepted.jsonl');
      const notes = (await readFile(file, 'utf8')).trim().split('\n');
      assert.equal(notes.length, 30);
      assert.ok(notes.some((line) => /"label":"(Disease|Chemical|Procedure)"/.test(line)));

      await done.getByText('Show Notes').click();
      await eventually(
        'the highlighted notes',
        () => highlightedTexts(workbench),
        (texts) => texts.length > 0,
      );
    },
  },
];
