import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bundleSuites, readOutcomes, testSuites } from './bundleSuites.ts';
import { resultsFolder, root } from './paths.ts';
import type { Outcome } from './results.ts';
import { copyWorkspace, openPage, openSession, saveEvidence, type Session, type Subject } from './session.ts';
import { withTimeLimit } from './timeLimit.ts';

/** Seconds for all suites together; a crashed extension host reports nothing. */
const limit = 600;

/** Runs the mocha suites below a folder, the tests' own by default, inside a real extension host. */
export async function runInExtensionHost(
  subject: Subject,
  { suites = testSuites, env = {} }: { readonly suites?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome[]> {
  const outcomesFile = path.join(resultsFolder, `host-${process.pid}.jsonl`);
  await mkdir(path.dirname(outcomesFile), { recursive: true });
  await writeFile(outcomesFile, '');
  const session = await openSession(subject, { env: { ...env, CHARTMARK_TEST_OUTCOMES: outcomesFile } });
  try {
    const end = await runSuites(session, suites);
    const outcomes = await readOutcomes(outcomesFile);
    return end === undefined || outcomes.some(({ failure }) => failure !== undefined)
      ? outcomes
      : [...outcomes, { title: 'The suites run to their end', seconds: 0, failure: end }];
  } finally {
    await session.close();
    await rm(outcomesFile, { force: true });
  }
}

/** Gives back nothing when all suites passed, otherwise why the run ended. */
async function runSuites(session: Session, suites: string): Promise<string | undefined> {
  const tests = await bundleSuites(path.join(session.server.home, 'suites'), suites);
  const folder = await copyWorkspace(session, path.join(root, 'test/editor/workspace'));
  const { promise: exitCode, resolve: exit } = Promise.withResolvers<number>();
  const page = await openPage(
    session,
    { folder, tests, extension: session.extension ?? (await emptyExtension(session)) },
    async (opened) => {
      // VS Code calls these two in the page: the host's console, and the end of `run()`.
      await opened.exposeFunction('codeAutomationLog', () => {});
      await opened.exposeFunction('codeAutomationExit', exit);
    },
  );
  const end = await withTimeLimit('The run of all suites', limit, exitCode).then(
    (code) => (code === 0 ? undefined : `The extension host ended with code ${code}.`),
    (error: unknown) => String(error),
  );
  if (end === undefined) return undefined;
  return `${end} Evidence: ${await saveEvidence(session, page, 'extension-host')}`;
}

/** VS Code runs tests only beside an extension under development; an installed one needs this stand-in. */
async function emptyExtension({ server }: Session): Promise<string> {
  const folder = path.join(server.home, 'empty-extension');
  await mkdir(folder);
  const manifest = {
    name: 'empty',
    publisher: 'chartmark-tests',
    version: '0.0.1',
    engines: { vscode: '*' },
  };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}
