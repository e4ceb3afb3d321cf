/** The module whose `run()` VS Code calls inside the extension host. Bundled beside the suites. */
import { appendFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import type { Outcome } from './results.ts';

/** Runs every suite beside this file; each outcome is a line of the file named by CHARTMARK_TEST_OUTCOMES. */
export async function run(): Promise<void> {
  const outcomes = process.env['CHARTMARK_TEST_OUTCOMES'];
  if (outcomes === undefined) throw new Error('CHARTMARK_TEST_OUTCOMES names no file.');
  const record = (test: Mocha.Test | Mocha.Hook, failure?: string): void =>
    appendFileSync(outcomes, `${JSON.stringify(outcomeOf(test, failure))}\n`);

  const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, reporter: 'min' });
  for (const file of readdirSync(__dirname)) {
    if (file.endsWith('.test.cjs')) mocha.addFile(path.join(__dirname, file));
  }
  const failures = await new Promise<number>((resolve) => {
    mocha
      .run(resolve)
      .on('pass', (test) => record(test))
      .on('fail', (test, error: Error) => record(test, error.stack ?? error.message));
  });
  if (failures > 0) throw new Error(`${failures} tests failed`);
}

function outcomeOf(test: Mocha.Test | Mocha.Hook, failure: string | undefined): Outcome {
  return {
    title: test.fullTitle(),
    seconds: (test.duration ?? 0) / 1000,
    ...(failure === undefined ? {} : { failure }),
  };
}
