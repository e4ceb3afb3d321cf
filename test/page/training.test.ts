import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HostToPage } from '../../webview/protocol.ts';
import type { TrainingProtocol, TrainingView } from '../../webview/training/protocol.ts';
import { type EditorPage, launchBrowser, openEditorPage, type PageOptions } from './editorPage.ts';
import { hostile } from './sampleReport.ts';
import { themes } from './themes.ts';

type TrainingPage = EditorPage<TrainingProtocol>;

const perEpoch = 30;

/** A training of eight epochs, as it stands after so many steps. */
function view(steps: number, changes: Partial<TrainingView> = {}): TrainingView {
  const scores = [0.21, 0.48, 0.61, 0.58, 0.66].slice(0, Math.floor(steps / perEpoch));
  const best = scores.indexOf(Math.max(...scores)) + 1;
  return {
    title: 'Training local',
    state: 'running',
    status: `Epoch ${scores.length + 1} of 8, step ${steps} of 240`,
    announcement: `Epoch ${scores.length} of 8 is over.`,
    fraction: steps / 240,
    figures: [
      { name: 'Best dev F1', value: '61.0%', note: 'epoch 3 of 8, on synthetic texts' },
      { name: 'Loss', value: '0.412' },
      { name: 'Time left', value: '1 min', note: '212 sentences/s' },
      { name: 'Memory', value: '1.2 GB' },
    ],
    epochs: 8,
    steps: 240,
    losses: Array.from({ length: steps }, (_, i) => ({
      step: i + 1,
      loss: 0.2 + 1.1 * Math.exp(-i / 50) + 0.03 * Math.sin(i),
    })),
    types: [
      { label: 'Disease', f1: 0.61, gold: 1200 },
      { label: 'Chemical', f1: 0.42, gold: 30 },
    ],
    measuredOn: 'synthetic texts',
    notes: [],
    results: scores.map((devF1, i) => ({ epoch: i + 1, loss: 1 / (i + 1), devF1 })),
    ...(best === 0 ? {} : { bestEpoch: best }),
    actions: [{ action: 'stop', title: 'Stop', isPrimary: true }],
    ...changes,
  };
}

describe('the page of a training', () => {
  let browser: Browser;
  let opened: TrainingPage | undefined;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });
  afterAll(async () => {
    await browser.close();
  });

  async function open(
    training: TrainingView,
    options: PageOptions<TrainingProtocol> = {},
  ): Promise<TrainingPage> {
    opened = await openEditorPage(browser, 'training', training, { width: 560, ...options });
    return opened;
  }

  it('shows what is to be known about the data', async () => {
    const { page } = await open(view(60, { notes: ['3 of 9 mentions cannot be learned.'] }));
    expect(await page.textContent('.notes')).toBe('Note: 3 of 9 mentions cannot be learned.');
  });

  /** What the host sends while the page is open. */
  async function send(page: Page, training: TrainingView): Promise<void> {
    const message: HostToPage<TrainingProtocol> = { type: 'show', content: training };
    await page.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`);
    await page.getByText(training.status).waitFor();
  }

  it('says that it is ready and shows how far the training is', async () => {
    const { page, sent } = await open(view(130));
    expect(await sent()).toEqual([{ type: 'ready' }]);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Training local');
    await page.getByText('Epoch 5 of 8, step 130 of 240').waitFor();
    expect(await page.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('54');
    const figures = await page.getByRole('region', { name: 'Figures' }).innerText();
    for (const figure of [
      '0.412',
      'epoch 3 of 8, on synthetic texts',
      '1 min',
      '212 sentences/s',
      '1.2 GB',
    ]) {
      expect(figures).toContain(figure);
    }
  });

  it('tells in words what each curve shows', async () => {
    const { page } = await open(view(130));
    const [score, loss] = await Promise.all(
      (await page.getByRole('img').all()).map((curve) => curve.getAttribute('aria-label')),
    );
    expect(loss).toMatch(/^Loss: 1\.300 at first, 0\.\d{3} after 130 of 240 steps\.$/u);
    expect(score).toBe('F1 on the dev set by epoch: 21.0%, 48.0%, 61.0%, 58.0%. The best is 61.0%, epoch 3.');
  });

  it('draws a point for each epoch where its F1 belongs, and marks the best in words', async () => {
    const { page } = await open(view(130));
    const heights = await page
      .locator('.score circle')
      .evaluateAll((dots) => dots.map((dot) => Number(dot.getAttribute('cy'))));
    // The axis runs from 0% at 166 to 100% at 14.
    expect(heights.map((y) => Math.round(((166 - y) / 152) * 100))).toEqual([21, 48, 61, 58]);
    expect(await page.locator('.score .mark').allTextContents()).toEqual(['best 61.0%']);
  });

  it('has the same numbers in a table, the newest epoch first', async () => {
    const { page } = await open(view(130));
    const rows = await page.getByRole('table', { name: 'Epochs' }).getByRole('row').allInnerTexts();
    expect(rows.map((row) => row.split('\t').map((cell) => cell.trim()))).toEqual([
      ['Epoch', 'Dev F1', 'Loss', ''],
      ['4', '58.0%', '0.250', ''],
      ['3', '61.0%', '0.333', 'best'],
      ['2', '48.0%', '0.500', ''],
      ['1', '21.0%', '1.000', ''],
    ]);
  });

  it('shows F1 before loss, F1 by type, and what F1 was measured on', async () => {
    const { page } = await open(view(130));
    expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual([
      'Best dev F1',
      'Loss',
      'Time left',
      'Memory',
      'F1 on the dev set',
      'F1 by type after epoch 4',
      'Loss',
    ]);
    await page.getByText('on synthetic texts, which the model does not learn from').waitFor();
    const rows = await page.getByRole('table', { name: 'F1 by type' }).getByRole('row').allInnerTexts();
    expect(rows.slice(1).map((row) => row.split('\t').map((cell) => cell.trim()))).toEqual([
      ['Disease', '61.0%', '1,200'],
      ['Chemical', '42.0%', '30'],
    ]);
  });

  it('goes on in place: curves grow, and the button that has the focus keeps it', async () => {
    const { page, sent } = await open(view(20));
    expect(await page.getByRole('table', { name: 'Epochs' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Stop' }).focus();
    await send(page, view(130));
    expect(await page.locator('.score circle').count()).toBe(4);
    await page.keyboard.press('Enter');
    expect((await sent()).at(-1)).toEqual({ type: 'act', action: 'stop' });
  });

  it('says once an epoch, not at each step, how it stands', async () => {
    const { page } = await open(view(61));
    const said = page.getByRole('status');
    await page.evaluate(`
      window.changes = 0;
      new MutationObserver(() => window.changes++).observe(
        document.querySelector('[role=status]'), { childList: true, characterData: true, subtree: true });
    `);
    await send(page, view(75));
    await send(page, view(89));
    expect(await page.evaluate('window.changes')).toBe(0);
    await send(page, view(90));
    expect(await said.innerText()).toBe('Epoch 3 of 8 is over.');
    expect(await page.evaluate('window.changes')).toBe(1);
  });

  it('offers the next steps when it is over', async () => {
    const { page, sent } = await open(view(150));
    await send(
      page,
      view(240, {
        state: 'done',
        status: 'Done: models/local finds mentions with F1 66.0%.',
        actions: [
          { action: 'annotate', title: 'Annotate Open File', isPrimary: true },
          { action: 'evaluate', title: 'Evaluate' },
        ],
      }),
    );
    expect(await page.getByRole('progressbar').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Stop' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Evaluate' }).click();
    expect((await sent()).at(-1)).toEqual({ type: 'act', action: 'evaluate' });
  });

  it('draws its curves as wide as the panel is', async () => {
    const { page } = await open(view(130));
    const width = (): Promise<number> => page.evaluate("document.querySelector('svg').clientWidth");
    const narrow = await width();
    await page.setViewportSize({ width: 900, height: 900 });
    await expect.poll(width).toBeGreaterThan(narrow + 150);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  it('shows hostile text as text', async () => {
    const { page } = await open(view(20, { title: hostile, status: hostile }));
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(hostile);
    expect(await page.locator('#root img').count()).toBe(0);
  });

  it('stands before the first step too', async () => {
    const { page, complaints } = await open(view(0, { epochs: 0, steps: 0, fraction: 0 }));
    expect(await page.getByRole('img').first().getAttribute('aria-label')).toBe(
      'F1 on the dev set: no epoch has been scored yet.',
    );
    expect(await page.locator('svg').first().innerHTML()).not.toContain('NaN');
    expect(complaints()).toEqual([]);
  });

  for (const [name, theme] of Object.entries(themes)) {
    it(`breaks no rule of the content policy and logs no error in the ${name} theme`, async () => {
      const { page, complaints } = await open(view(155), { theme });
      await send(page, view(156));
      // A screenshot adds a style of its own, which the policy forbids; so complaints come first.
      expect(complaints()).toEqual([]);
      const file = path.join(tmpdir(), 'chartmark-page', `training-${name}.png`);
      await page.screenshot({ path: file, fullPage: true });
    });
  }
});
