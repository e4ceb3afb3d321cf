import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { resultsFolder } from './paths.ts';

/** How one test ended. */
export interface Outcome {
  readonly title: string;
  readonly seconds: number;
  /** The error with its stack, when it failed. */
  readonly failure?: string;
}

/** An error as the `failure` of an outcome. */
export function describe(error: unknown): string {
  return stripVTControlCharacters(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

export function printOutcome({ title, seconds, failure }: Outcome): void {
  console.log(`  ${failure === undefined ? 'ok  ' : 'FAIL'} ${title} (${seconds.toFixed(1)} s)`);
  if (failure !== undefined) console.log(failure.replaceAll(/^/gm, '       '));
}

/**
 * Leaves the counts in `test-results/<name>.json` for the summary of a whole run and prints them.
 * Gives back whether all is well: tests ran, and none failed.
 */
export async function reportCounts(name: string, outcomes: readonly Outcome[]): Promise<boolean> {
  const failed = outcomes.filter((outcome) => outcome.failure !== undefined).length;
  const passed = outcomes.length - failed;
  await mkdir(resultsFolder, { recursive: true });
  await writeFile(path.join(resultsFolder, `${name}.json`), `${JSON.stringify({ passed, failed })}\n`);
  console.log(`\n${passed} passed, ${failed} failed`);
  return passed > 0 && failed === 0;
}
