/**
 * `node bench/highlights.ts`: a BIO file of 100,000 lines in a real editor. How long after its text the
 * highlights show, beside the one mark of an extension that does nothing else; and what a keystroke costs,
 * beside reading the whole document anew.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { runInExtensionHost } from '../test/editor/harness/extensionHost.ts';
import { openSession } from '../test/editor/harness/session.ts';
import { openInEditor, openWorkbench } from '../test/editor/harness/workbench.ts';
import { printTable, quantile } from './table.ts';

const lineCount = 100_000;
const rounds = 7;
const sentence = ['She\tO', 'has\tO', 'severe\tB-Disease', 'asthma\tI-Disease', '.\tO', ''];

const folder = await mkdtemp(path.join(tmpdir(), 'chartmark-bench-'));
try {
  const shown = await firstHighlights();
  const keystrokes = await keystrokeCosts();
  printTable(
    ['100,000-line BIO file', 'median ms', '95th percentile ms', 'ratio of medians'],
    [
      ['highlights after the text', ...row(shown.highlights), ratio(shown.highlights, shown.floor)],
      ['  peer: the mark of an extension that only draws one', ...row(shown.floor), ''],
      ['a keystroke', ...row(keystrokes.ours), ratio(keystrokes.ours, keystrokes.whole)],
      ['  peer: reading the whole document anew', ...row(keystrokes.whole), ''],
    ],
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Milliseconds from the first frame with the file's text to the first with its highlights, or the mark. */
async function firstHighlights(): Promise<{ highlights: number[]; floor: number[] }> {
  const session = await openSession(
    { kind: 'development' },
    { linked: path.join(import.meta.dirname, 'highlights/floor') },
  );
  const highlights: number[] = [];
  const floor: number[] = [];
  try {
    const workbench = await openWorkbench(session, { openFile: 'notes.bio' });
    await workbench.page.waitForSelector('.view-overlays .cdr[class*="ced-"]');
    const names = Array.from({ length: rounds }, (_, round) => `large-${round}.bio`);
    const text = Array.from({ length: lineCount / sentence.length }, () => sentence.join('\n')).join('\n');
    for (const name of names) await writeFile(path.join(workbench.folder, name), `${name}\tO\n${text}`);
    // A new file each time: nothing of it is known to the editor.
    for (const name of names) {
      const [frames] = await Promise.all([
        watchFirstFrames(workbench.page, name),
        openInEditor(workbench, name),
      ]);
      highlights.push(frames.highlights - frames.text);
      floor.push(frames.floor - frames.text);
      await workbench.page.keyboard.press('Control+F4');
    }
  } finally {
    await session.close();
  }
  return { highlights, floor };
}

interface Frames {
  readonly text: number;
  readonly floor: number;
  readonly highlights: number;
}

/** Looks at every frame of the page until the file that begins with `name` has text, mark and highlights. */
function watchFirstFrames(page: Page, name: string): Promise<Frames> {
  return page.locator('body').evaluate(
    (body, title) =>
      new Promise<Frames>((resolve) => {
        const window = body.ownerDocument.defaultView;
        const seen = { text: 0, floor: 0, highlights: 0 };
        const look = (now: number): void => {
          const editor = body.querySelector('.editor-group-container.active .monaco-editor');
          if (editor?.querySelector('.view-lines')?.textContent.includes(title) === true) {
            seen.text ||= now;
            const inline = editor.querySelectorAll('.view-line span[class*="ced-"]');
            for (const element of inline) {
              if (window?.getComputedStyle(element, '::after').content.includes('floor')) seen.floor ||= now;
            }
            if (editor.querySelector('.view-overlays .cdr[class*="ced-"]') !== null) seen.highlights ||= now;
          }
          if (seen.text > 0 && seen.floor > 0 && seen.highlights > 0) resolve(seen);
          else window?.requestAnimationFrame(look);
        };
        window?.requestAnimationFrame(look);
      }),
    name,
  );
}

async function keystrokeCosts(): Promise<{ ours: number[]; whole: number[] }> {
  const out = path.join(folder, 'keystrokes.json');
  const outcomes = await runInExtensionHost(
    { kind: 'development' },
    { suites: path.join(import.meta.dirname, 'highlights'), env: { CHARTMARK_MEASUREMENTS: out } },
  );
  for (const { failure } of outcomes) if (failure !== undefined) throw new Error(failure);
  return JSON.parse(await readFile(out, 'utf8')) as { ours: number[]; whole: number[] };
}

function row(values: readonly number[]): string[] {
  return [quantile(values, 0.5).toFixed(1), quantile(values, 0.95).toFixed(1)];
}

function ratio(ours: readonly number[], peer: readonly number[]): string {
  return (quantile(ours, 0.5) / quantile(peer, 0.5)).toFixed(3);
}
