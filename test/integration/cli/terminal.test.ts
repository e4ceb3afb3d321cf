import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, chartmark } from './chartmark.ts';

/** Red text, an override of the direction, a line separator, and the first character of a terminal command (C1). */
const evil = 'Dis\u001B[31mease\u202Eesrever\u2028x\u009B2J';
/** What must not come out raw. */
const obeyed = /[[\p{Cc}\u202A-\u202E\u2066-\u2069\u2028\u2029]--[\t\n]]/v;

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-terminal-'));
  const document = (label: string, end: number): string =>
    `${JSON.stringify({ id: `note ${evil}`, text: 'He has gout.', spans: [{ start: 7, end, label }] })}\n`;
  await writeFile(path.join(cwd, 'gold.jsonl'), document(evil, 11));
  await writeFile(path.join(cwd, 'pred.jsonl'), document('=HYPERLINK("x")', 11));
  await mkdir(path.join(cwd, 'names'));
  await writeFile(path.join(cwd, 'names', `a\u001B[31m\u202Eb.bio`), 'Gout Disease wrong\n');
});
afterAll(() => rm(cwd, { recursive: true }));

describe('characters that a terminal would obey', () => {
  const evaluate = ['evaluate', '--gold', 'gold.jsonl', '--pred', 'pred.jsonl'];

  test.each<[string, readonly string[]]>([
    ['a report', evaluate],
    ['a report as JSON', [...evaluate, '--json']],
    ['a check of a file with such a name', ['check', 'names', '--json']],
    ['a failure in a file with such a name', ['convert', 'names', '--to', 'jsonl', '--out', 'never']],
    ['a conversion that leaves out mentions', ['convert', 'gold.jsonl', '--to', 'bio', '--out', 'left.bio']],
    ['the files that were written', ['convert', 'gold.jsonl', '--to', 'brat', '--out', 'brat']],
  ])('are not printed raw by %s', async (_, args) => {
    const { stdout, stderr } = await chartmark(args, { cwd });
    expect(stdout + stderr).not.toBe('');
    expect(stdout + stderr).not.toMatch(obeyed);
  });

  test('keep their place in JSON, as escapes', async () => {
    const { stdout } = await chartmark([...evaluate, '--json'], { cwd });
    expect(Object.keys((JSON.parse(stdout) as { types: object }).types)).toContain(evil);
  });

  test.each(['html', 'md', 'csv'])(
    'are not in a report as %s; a formula is no formula there',
    async (ending) => {
      expect((await chartmark([...evaluate, '--out', `r.${ending}`], { cwd })).code).toBe(0);
      const report = await readFile(path.join(cwd, `r.${ending}`), 'utf8');
      // Lines of CSV end so.
      expect(report.replaceAll('\r\n', '\n')).not.toMatch(obeyed);
      expect(report).not.toMatch(/(^|,)"?=/mu);
    },
  );
});

describe.skipIf(process.platform === 'win32')('output that cannot be written', () => {
  const shell = (command: string) => {
    const script = command.replaceAll('chartmark', `"${process.execPath}" "${bundle}"`);
    const { status, stderr } = spawnSync('bash', ['-c', `set -o pipefail; ${script}`], {
      cwd,
      encoding: 'utf8',
    });
    return { status, stderr };
  };

  test.each([
    'chartmark --help | true',
    'chartmark evaluate --gold gold.jsonl --pred gold.jsonl | true',
    'chartmark overlap gold.jsonl --with gold.jsonl --json | head -c 1 >/dev/null',
    'chartmark evaluate --gold gold.jsonl --pred gold.jsonl --json | true',
    'chartmark check gold.jsonl 2>&1 | true',
  ])('%s ends quietly and with success', (command) => {
    expect(shell(command)).toEqual({ status: 0, stderr: '' });
  });

  test
    .skipIf(process.platform !== 'linux')
    .each([
      'chartmark --help',
      'chartmark evaluate --gold gold.jsonl --pred gold.jsonl',
      'chartmark evaluate --gold gold.jsonl --pred gold.jsonl --json',
      'chartmark check gold.jsonl --json',
    ])('%s says in one sentence that the disk is full', (command) => {
    expect(shell(`${command} >/dev/full`)).toEqual({
      status: 1,
      stderr: 'Standard output could not be written (the disk is full). Choose another place for it.\n',
    });
  });

  test.skipIf(process.platform !== 'linux')('errors that nobody can read do not hide the exit code', () => {
    expect(shell('chartmark check missing.bio 2>/dev/full').status).toBe(1);
  });
});

test('a Node that is too old is told so before anything is done', async () => {
  // As an old Node would report itself.
  const old = path.join(cwd, 'old.cjs');
  await writeFile(old, "Object.defineProperty(process.versions, 'node', { value: '18.20.4' });\n");
  const args = ['convert', 'gold.jsonl', '--to', 'brat', '--out', 'tooOld'];
  const { code, stdout, stderr } = await chartmark(args, {
    cwd,
    env: { NODE_OPTIONS: `--require "${old}"` },
  });
  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(
      /^Chartmark needs Node\.js 22\.12 or newer, but this is 18\.20\.4\. [^\n]+\n$/u,
    ),
  });
  expect(await readdir(cwd)).not.toContain('tooOld');
});
