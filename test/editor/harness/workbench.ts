import assert from 'node:assert/strict';
import path from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { root } from './paths.ts';
import { copyWorkspace, openPage } from './session.ts';
import type { Session } from './session.ts';

/** A workbench in a browser tab, on its own copy of the tests' workspace. */
export interface Workbench {
  readonly page: Page;
  readonly folder: string;
}

export async function openWorkbench(
  session: Session,
  openFile?: string,
  source: string = path.join(root, 'test/editor/workspace'),
): Promise<Workbench> {
  const folder = await copyWorkspace(session, source);
  const page = await openPage(session, {
    folder,
    ...(openFile === undefined ? {} : { openFile: path.join(folder, openFile) }),
  });
  if (openFile !== undefined) await editorLines(page).first().waitFor({ timeout: 60_000 });
  return { page, folder };
}

/** The lines of the active text editor that are on the screen. */
export function editorLines(page: Page): Locator {
  return page.locator('.editor-group-container.active .monaco-editor .view-line');
}

/**
 * Runs a command as a person does: command palette, its title, Enter. The palette is opened by the mouse,
 * since a webview that has the focus may swallow the key.
 */
export async function runCommand({ page }: Workbench, title: string): Promise<void> {
  await page.locator('.command-center .command-center-quick-pick').click();
  const input = page.locator('.quick-input-widget input[type=text]');
  await input.waitFor();
  await input.fill(`>${title}`);
  await page.locator(`.quick-input-list .monaco-list-row[aria-label^="${title}"]`).first().waitFor();
  await page.keyboard.press('Enter');
}

/** Quick pick or input box whose title or placeholder holds `text`; waits until it asks. */
export async function waitForQuestion({ page }: Workbench, text: string | RegExp): Promise<void> {
  const question = page.locator('.quick-input-widget:visible').filter({ hasText: text });
  const placeholder = page.locator('.quick-input-widget:visible').getByPlaceholder(text);
  await question.or(placeholder).first().waitFor({ timeout: 30_000 });
}

/** The texts of the active editor that a decoration with its own colour or border covers, in order. */
export async function decoratedTexts({ page }: Workbench): Promise<string[]> {
  const lines = editorLines(page).locator('span[class*="ced-"]');
  return lines.evaluateAll((spans) => spans.map((span) => span.textContent ?? ''));
}

/** Puts the pointer on the first occurrence of `text` on the screen; gives back what the hover says. */
export async function hoverOver({ page }: Workbench, text: string): Promise<string> {
  const target = editorLines(page).getByText(text).first();
  const hover = page.locator(
    '.monaco-hover:not(.hidden) .hover-contents, .monaco-hover:not(.hidden) .monaco-hover-content',
  );
  await target.hover();
  await hover.first().waitFor({ timeout: 20_000 });
  return (await hover.allInnerTexts()).join('\n');
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
 * no toasts.
 */
export async function waitForNotification(
  { page }: Workbench,
  text: string | RegExp,
  seconds = 60,
): Promise<Locator> {
  const centre = page.locator('.notifications-center.visible');
  if (!(await centre.isVisible())) await page.locator('[id="status.notifications"]').click();
  const notification = centre.locator('.notification-list-item').filter({ hasText: text }).first();
  await notification.waitFor({ timeout: seconds * 1000 });
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
