/**
 * `npm run screenshots`: the pictures in docs/images/, taken in the real editor while it does the whole loop
 * on a copy of samples/: highlights, hover, generating, reviewing, training, annotating,
 * the report. Takes some minutes.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { highlightedTexts } from '../test/editor/harness/highlights.ts';
import { acceptDefaults } from '../test/editor/harness/questions.ts';
import { root } from '../test/editor/harness/paths.ts';
import { copyWorkspace, openPage, openSession } from '../test/editor/harness/session.ts';
import {
  eventually,
  hoverOver,
  openInEditor,
  runCommand,
  webviewFrame,
  type Workbench,
} from '../test/editor/harness/workbench.ts';

/** Whole sentences in the narrow picture, and hovers that leave the lines before them in sight. */
const settings = { 'editor.wordWrap': 'on', 'editor.minimap.enabled': false, 'editor.hover.above': false };

const images = path.join(root, 'docs/images');
await mkdir(images, { recursive: true });

const session = await openSession({ kind: 'linked' }, { settings });
try {
  const folder = await copyWorkspace(session, path.join(root, 'samples'));
  const openFile = path.join(folder, 'gold/bc5cdr-sample.bio');
  const userSettings = path.join(session.server.home, 'data/User/settings.json');
  const workbench = { folder, userSettings, page: await openPage(session, { folder, openFile }) };
  await reading(workbench);
  await generating(workbench);
  await reviewing(workbench);
  await training(workbench);
  await annotating(workbench);
  await evaluating(workbench);
  await starting(workbench);
} finally {
  await session.close();
}

async function reading(workbench: Workbench): Promise<void> {
  const texts = await eventually(
    'the highlights',
    () => highlightedTexts(workbench),
    (found) => found.length > 3,
  );
  await picture(workbench, 'highlights');
  await hoverOver(workbench, longest(texts));
  await picture(workbench, 'hover', { pointing: true });
}

async function generating(workbench: Workbench): Promise<void> {
  await runCommand(workbench, 'chartmark.generate');
  await acceptDefaults(workbench, () => isShown(workbench, /notes accepted/), 120);
  await picture(workbench, 'generate');
  await closeToasts(workbench);
}

async function reviewing(workbench: Workbench): Promise<void> {
  await toggleSideBar(workbench);
  await runCommand(workbench, 'chartmark.review');
  const frame = await webviewFrame(workbench, '.texts > li');
  await frame.locator('.texts > li').first().focus();
  await workbench.page.keyboard.press('a');
  await workbench.page.keyboard.press('r');
  await picture(workbench, 'review');
  await frame.getByRole('tab', { name: 'Map' }).click();
  await frame.getByRole('button', { name: 'Choose Your Notes and Draw Map' }).click();
  const dots = frame.locator('.map circle');
  await acceptDefaults(workbench, async () => (await dots.count()) > 0, 300);
  await closeToasts(workbench);
  await picture(workbench, 'map');
  await toggleSideBar(workbench);
  await openInEditor(workbench, 'bc5cdr-sample.bio');
}

async function training(workbench: Workbench): Promise<void> {
  await runCommand(workbench, 'chartmark.train');
  const status = workbench.page.locator('.statusbar-item', { hasText: /epoch 2 .* left/ });
  await acceptDefaults(workbench, () => status.isVisible(), 900);
  await picture(workbench, 'train');
  const panel = await webviewFrame(workbench, '.figures');
  await eventually(
    'some scored epochs',
    () => panel.locator('.epochs tbody tr').count(),
    (count) => count >= 5,
    900,
  );
  await toggleSideBar(workbench);
  await picture(workbench, 'training');
  await toggleSideBar(workbench);
  await eventually('the trained model', () => isShown(workbench, /is trained/), Boolean, 900);
  await closeToasts(workbench);
  await workbench.page.getByRole('tab', { name: /Training.local/ }).click({ button: 'middle' });
}

async function annotating(workbench: Workbench): Promise<void> {
  await openInEditor(workbench, 'heart-failure-visit.txt');
  await runCommand(workbench, 'chartmark.annotate');
  const texts = await eventually(
    'the mentions',
    () => highlightedTexts(workbench),
    (found) => found.length > 0,
    120,
  );
  await closeToasts(workbench);
  await hoverOver(workbench, longest(texts.slice(-texts.length / 3)));
  await picture(workbench, 'annotate', { pointing: true });
}

async function evaluating(workbench: Workbench): Promise<void> {
  await openInEditor(workbench, 'bc5cdr-sample.bio');
  await runCommand(workbench, 'chartmark.evaluate');
  await acceptDefaults(workbench, () => isShown(workbench, /Scored/), 300);
  await webviewFrame(workbench, '.summary');
  await closeToasts(workbench);
  await toggleSideBar(workbench);
  await picture(workbench, 'report');
}

async function starting(workbench: Workbench): Promise<void> {
  await runCommand(workbench, 'chartmark.openWalkthrough');
  await workbench.page.locator('.getting-started-step').first().waitFor();
  await picture(workbench, 'walkthrough');
}

async function picture({ page }: Workbench, name: string, { pointing = false } = {}): Promise<void> {
  // No tooltip in the picture but the one that is meant; until fades and progress bars have settled.
  if (!pointing) await page.mouse.move(640, 795);
  await page.waitForTimeout(1500);
  await page.screenshot({ path: path.join(images, `${name}.png`) });
  console.log(`docs/images/${name}.png`);
}

function longest(texts: readonly string[]): string {
  return texts.reduce((best, text) => (text.length > best.length ? text : best), '');
}

async function toggleSideBar({ page }: Workbench): Promise<void> {
  await page.locator('.part.titlebar [aria-label^="Toggle Primary Side Bar"]').click();
}

async function isShown({ page }: Workbench, text: RegExp): Promise<boolean> {
  return page.locator('.notifications-toasts').getByText(text).first().isVisible();
}

async function closeToasts(workbench: Workbench): Promise<void> {
  await workbench.page.keyboard.press('Escape');
  for (const button of await workbench.page
    .locator('.notifications-toasts .codicon-notifications-clear')
    .all()) {
    await button.click({ timeout: 2000 }).catch(() => {});
  }
}
