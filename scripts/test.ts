/**
 * `npm test`: every check and test, one after the other, whatever fails. Each runner leaves its counts in
 * test-results/; the last line sums them. A step that fails without a failed test, as a linter does, counts
 * as one.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { glob, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

const results = path.resolve(import.meta.dirname, '../test-results');
/** The static checks and fast tests of `npm run check` one by one, so that a lint error hides no failed test. */
const steps = [
  { script: 'build', minutes: 2 },
  { script: 'typecheck', minutes: 5 },
  { script: 'layers', minutes: 2 },
  { script: 'lint', minutes: 5 },
  { script: 'format:check', minutes: 2 },
  { script: 'deadcode', minutes: 2 },
  { script: 'schema:check', minutes: 2 },
  { script: 'test:unit', minutes: 10 },
  { script: 'test:page', minutes: 5 },
  { script: 'test:editor', minutes: 15 },
  { script: 'test:vsix', minutes: 15 },
];

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

let total: Counts = { passed: 0, failed: 0 };
const failedSteps: string[] = [];
await rm(results, { recursive: true, force: true });
await mkdir(results);
for (const { script, minutes } of steps) {
  for await (const file of countFiles()) await rm(file);
  console.log(`\n== npm run ${script}`);
  const ended = await runScript(script, minutes);
  const counts = await readCounts();
  if (!ended) failedSteps.push(script);
  total = {
    passed: total.passed + counts.passed,
    failed: total.failed + (ended ? counts.failed : Math.max(counts.failed, 1)),
  };
}
if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.join(', ')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

async function runScript(script: string, minutes: number): Promise<boolean> {
  // A group of its own: npm doesn't pass a signal on to what it runs.
  const windows = process.platform === 'win32';
  const child = spawn('npm', ['run', '--silent', script], {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: windows,
    detached: !windows,
  });
  const stop = (): void => {
    if (child.pid !== undefined) process.kill(windows ? child.pid : -child.pid, 'SIGTERM');
  };
  const interrupted = (): never => {
    stop();
    process.exit(130);
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  const timer = setTimeout(() => {
    console.log(`npm run ${script} is stopped after ${minutes} minutes.`);
    stop();
  }, minutes * 60_000);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(timer);
  process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
  return code === 0;
}

/** Sums the counts of the step: our own runners' form, or that of vitest's JSON reporter. */
async function readCounts(): Promise<Counts> {
  const sum = { passed: 0, failed: 0 };
  for await (const file of countFiles()) {
    const counts = JSON.parse(await readFile(file, 'utf8')) as Record<string, number>;
    sum.passed += counts['passed'] ?? counts['numPassedTests'] ?? 0;
    sum.failed += counts['failed'] ?? counts['numFailedTests'] ?? 0;
  }
  return sum;
}

async function* countFiles(): AsyncGenerator<string> {
  for await (const file of glob('*.json', { cwd: results })) yield path.join(results, file);
}
