/**
 * `node test/editor/run.ts [--vsix] [NAME ...]`: the tests in a real editor. First the mocha suites in the
 * extension host, then the journeys in the page, against this repository or, installed as a user would, the
 * .vsix, which is made first. With names, only the journeys whose title holds one of them.
 */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify, parseArgs } from 'node:util';
import { buildIfStale } from '../../scripts/freshBundles.ts';
import { ownPlatform, root, vsixFile } from '../../scripts/stageExtension.ts';
import { runInExtensionHost } from './harness/extensionHost.ts';
import { walk, type Journey } from './harness/journeys.ts';
import { describe, printOutcome, reportCounts, type Outcome } from './harness/results.ts';
import { openSession, type Subject } from './harness/session.ts';
import { journeys } from './journeys/all.ts';

const { values, positionals } = parseArgs({ options: { vsix: { type: 'boolean' } }, allowPositionals: true });
await buildIfStale();
if (values.vsix === true) {
  await promisify(execFile)(process.execPath, [path.join(root, 'scripts/package.ts')], { cwd: root });
}
const subject: Subject =
  values.vsix === true ? { kind: 'vsix', file: await vsixFile(ownPlatform) } : { kind: 'development' };
const name = subject.kind === 'vsix' ? 'vsix' : 'editor';

const outcomes: Outcome[] = [];
if (positionals.length === 0) {
  console.log('Suites in the extension host');
  const title = 'The extension host starts with the suites';
  const found = await runInExtensionHost(subject).catch((error: unknown): Outcome[] => [
    { title, seconds: 0, failure: describe(error) },
  ]);
  found.forEach(printOutcome);
  outcomes.push(...found);
}
console.log('Journeys in the workbench');
const wanted = journeys.filter(
  ({ title }) => positionals.length === 0 || positionals.some((part) => title.includes(part)),
);
for (const untrusted of [false, true]) {
  const those = wanted.filter((journey) => (journey.untrusted ?? false) === untrusted);
  if (those.length > 0) outcomes.push(...(await walkAll(those, untrusted)));
}
process.exitCode = (await reportCounts(name, outcomes)) ? 0 : 1;

async function walkAll(those: readonly Journey[], untrusted: boolean): Promise<Outcome[]> {
  const walked: Outcome[] = [];
  const session = await openSession(subject, { untrusted });
  try {
    for (const journey of those) {
      let outcome = await walk(session, journey);
      if (outcome.failure !== undefined) {
        // The workbench has timers of its own that a page can't wait for. What fails for good fails twice.
        console.log('  Failed, once more:');
        printOutcome(outcome);
        outcome = await walk(session, journey);
      }
      printOutcome(outcome);
      walked.push(outcome);
    }
  } finally {
    await session.close();
  }
  return walked;
}
