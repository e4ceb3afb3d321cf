/**
 * `npm run test:desktop`: the suites of the extension host in a desktop VS Code, which @vscode/test-electron
 * downloads. For machines with a screen (or xvfb-run) that reach the download server.
 */
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { buildIfStale } from '../../scripts/freshBundles.ts';
import { bundleSuites, readOutcomes, testSuites } from './harness/bundleSuites.ts';
import { languageModels, root } from './harness/paths.ts';
import { printOutcome, reportCounts } from './harness/results.ts';

await buildIfStale();
const home = await mkdtemp(path.join(tmpdir(), 'chartmark-desktop-'));
try {
  const workspace = path.join(home, 'workspace');
  const outcomesFile = path.join(home, 'outcomes.jsonl');
  await cp(path.join(root, 'test/editor/workspace'), workspace, { recursive: true });
  await mkdir(path.join(home, 'data'));
  const end = await runTests({
    extensionDevelopmentPath: [root, languageModels],
    extensionTestsPath: await bundleSuites(path.join(home, 'suites'), testSuites),
    extensionTestsEnv: { CHARTMARK_TEST_OUTCOMES: outcomesFile },
    launchArgs: [workspace, '--disable-extensions', `--user-data-dir=${path.join(home, 'data')}`],
  }).then(
    () => undefined,
    (error: unknown) => String(error),
  );
  const outcomes = await readOutcomes(outcomesFile);
  if (end !== undefined && outcomes.every(({ failure }) => failure === undefined)) {
    outcomes.push({ title: 'The suites run to their end', seconds: 0, failure: end });
  }
  outcomes.forEach(printOutcome);
  process.exitCode = (await reportCounts('desktop', outcomes)) ? 0 : 1;
} finally {
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
}
