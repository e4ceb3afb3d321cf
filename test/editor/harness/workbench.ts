import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { paletteTitle } from './manifest.ts';
import { root } from './paths.ts';
import { copyWorkspace, openPage, type Session } from './session.ts';

/** A workbench in a browser tab, on its own copy of the tests' workspace. */
export interface Workbench {
  readonly page: Page;
  readonly folder: string;
  /** The settings of the person, for all workspaces. */
  readonly userSettings: string;
}

/** A workbench on a copy of the tests' workspace, or on an empty folder. */
export async function openWorkbench(
  session: Session,
  { openFile, empty = false }: { readonly openFile?: string; readonly empty?: boolean },
): Promise<Workbench> {
  const folder = empty
    ? await mkdtemp(path.join(session.server.home, 'empty-'))
    : await copyWorkspace(session, path.join(root, 'test/editor/workspace'));
  const page = await openPage(session, {
    folder,
    ...(openFile === undefined ? {} : { openFile: path.join(folder, openFile) }),
  });
  if (openFile !== undefined) await editorLines(page).first().waitFor({ timeout: 60_000 });
  return { page, folder, userSettings: path.join(session.server.home, 'data/User/settings.json') };
}

/** The lines of the active text editor that are on the screen. */
function editorLines(page: Page): Locator {
  return page.locator('.editor-group-container.active .monaco-editor .view-line');
}

/** Finds a command in the palette by its id, as package.json has it; gives back its row. */
export async function findCommand(workbench: Workbench, id: string): Promise<Locator> {
  const title = paletteTitle(id);
  return findInQuickOpen(workbench, `>${title}`, title);
}

/** Runs a command as a person does: palette, title, click. */
export async function runCommand(workbench: Workbench, id: string): Promise<void> {
  const row = await findCommand(workbench, id);
  await row.click();
}

/** Opens a file of the workspace by its name. */
export async function openInEditor(workbench: Workbench, name: string): Promise<void> {
  const row = await findInQuickOpen(workbench, name, name);
  await row.click();
  await workbench.page.locator('.tab.active', { hasText: name }).waitFor();
}

/**
 * Types `query` into the quick open box and gives back the first row that holds `text`. By the mouse, since a
 * webview that has the focus may swallow the key; more than once when needed, since a box that is open does
 * not learn of an extension that is only just loading, and closes when a view that opens takes the focus.
 */
async function findInQuickOpen({ page }: Workbench, query: string, text: string): Promise<Locator> {
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  const find = async (): Promise<void> => {
    await page.keyboard.press('Escape');
    await page.locator('.command-center .command-center-quick-pick').click({ timeout: 3000 });
    await page.locator('.quick-input-widget input[type=text]').fill(query, { timeout: 3000 });
    await row.waitFor({ timeout: 3000 });
  };
  const found = (): Promise<boolean> =>
    find().then(
      () => true,
      () => false,
    );
  await eventually(`"${text}" in the quick open box`, found, Boolean);
  return row;
}

/**
 * Puts the pointer on the first occurrence of `text` on the screen; gives back what the hover says. Again
 * and again, since an extension that is only just waking up has nothing to say at first.
 */
export async function hoverOver({ page }: Workbench, text: string): Promise<string> {
  const line = editorLines(page).filter({ hasText: text }).first();
  const hover = page.locator('.monaco-hover:not(.hidden, .workbench-hover) .hover-contents');
  const said = async (): Promise<string> => {
    await page.mouse.move(2, 2);
    const [x, y] = await middleOf(line, text);
    await page.mouse.move(x, y, { steps: 4 });
    await hover
      .first()
      .waitFor({ timeout: 3000 })
      .catch(() => {});
    return (await hover.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
  };
  return eventually(`the hover over "${text}"`, said, (shown) => shown !== '');
}

/** Where on the screen the middle of `text` in a line is. */
function middleOf(line: Locator, text: string): Promise<readonly [x: number, y: number]> {
  return line.evaluate((element, wanted) => {
    const range = element.ownerDocument.createRange();
    const walker = element.ownerDocument.createTreeWalker(element, 4 /* text nodes */);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = (node.textContent ?? '').replaceAll('\u00a0', ' ').indexOf(wanted);
      if (at === -1) continue;
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      const { left, width, top, height } = range.getBoundingClientRect();
      return [left + width / 2, top + height / 2] as const;
    }
    return [0, 0] as const;
  }, text);
}

/** The document inside the webview that holds `selector`. Every webview is a frame in a frame. */
export async function webviewFrame({ page }: Workbench, selector: string, seconds = 60): Promise<Frame> {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    for (const frame of page.frames()) {
      if (frame.parentFrame() === null) continue;
      const found = await frame.$(selector).catch(() => null);
      if (found !== null) return frame;
    }
    await page.waitForTimeout(100);
  }
  throw new Error(`No webview with ${selector} within ${seconds} s.`);
}

/**
 * Waits for a notification whose text matches, in the notification centre: a workbench under test shows
 * no toasts. The centre closes by itself when the last notification goes, and is opened again.
 */
export async function waitForNotification(
  { page }: Workbench,
  text: string | RegExp,
  seconds = 60,
): Promise<Locator> {
  const centre = page.locator('.notifications-center.visible');
  const notification = centre.locator('.notification-list-item').filter({ hasText: text }).first();
  const isShown = async (): Promise<boolean> => {
    if (!(await centre.isVisible())) await page.locator('[id="status.notifications"]').click();
    return notification.isVisible();
  };
  await eventually(`a notification that matches ${text}`, isShown, Boolean, seconds);
  return notification;
}

/** Looks again until `read` gives what `accept` accepts, and says what it last gave when it never does. */
export async function eventually<T>(
  what: string,
  read: () => Promise<T>,
  accept: (value: T) => boolean,
  seconds = 30,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let value = await read();
  while (!accept(value)) {
    assert.ok(Date.now() < deadline, `${what}: still ${JSON.stringify(value)} after ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    value = await read();
  }
  return value;
}
