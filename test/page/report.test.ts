import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/evaluation/report.ts';
import { launchBrowser } from './editorPage.ts';
import { openReport, type ReportPage } from './reportPage.ts';
import { hostile, sampleReport } from './sampleReport.ts';
import { themes } from './themes.ts';

/** For a person to look at. */
async function shoot(page: Page, name: string): Promise<void> {
  const file = path.join(tmpdir(), 'chartmark-page', `${name}.png`);
  await page.screenshot({ path: file, fullPage: true });
}

/** The contrast of two opaque colours, `rgb(r, g, b)`, as WCAG 2 defines it; 1 for one that is not opaque. */
function contrast(a: string, b: string): number {
  if (![a, b].every((colour) => colour.startsWith('rgb('))) return 1;
  const [light = 0, dark = 0] = [a, b]
    .map((colour) => {
      const [red = 0, green = 0, blue = 0] = [...colour.matchAll(/\d+/gu)].map(([number]) => {
        const part = Number(number) / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    })
    .sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe('the report page', () => {
  let browser: Browser;
  let opened: ReportPage | undefined;

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
    report: Report = sampleReport(),
    options: Parameters<typeof openReport>[2] = {},
  ): Promise<ReportPage> {
    opened = await openReport(browser, report, options);
    return opened;
  }

  it('says that it is ready, and shows what the host answers', async () => {
    const { page, sent } = await open();
    expect(await sent()).toEqual([{ type: 'ready' }]);
    await expect(page.getByRole('heading', { level: 1 }).textContent()).resolves.toBe('Sample notes');
  });

  it('shows micro and macro figures and the interval of the report', async () => {
    const report = sampleReport();
    const { page } = await open(report);
    const summary = await page.getByRole('region', { name: 'Summary' }).innerText();
    expect(summary).toContain('57.1%');
    expect(summary).toContain(`${(report.macro.f1 * 100).toFixed(1)}%`);
    expect(summary).toContain('4 of 7 in the gold data were found');
    expect(summary).toMatch(
      /95% interval of micro F1: \d+\.\d% to \d+\.\d% \(1,000 bootstrap resamples of 4 documents\)/u,
    );
  });

  it('has a row of figures for each type', async () => {
    const { page } = await open();
    const grid = page.getByRole('grid', { name: 'Scores by type' });
    const cells = await grid
      .getByRole('row')
      .filter({ hasText: 'Chemical' })
      .getByRole('gridcell')
      .allInnerTexts();
    expect(cells.map((cell) => cell.trim())).toEqual(['100.0%', '100.0%', '100.0%', '2', '2', '2']);
  });

  it('draws each bar as long as its figure says', async () => {
    const { page } = await open();
    const widths = await page
      .getByRole('row')
      .filter({ hasText: 'Disease' })
      .first()
      .locator('.fill')
      .evaluateAll((fills) =>
        fills.map((fill) => (fill as unknown as { style: { width: string } }).style.width),
      );
    expect(widths).toEqual(['50%', '50%', '50%']);
  });

  it('filters the errors by kind and by type, and says how many are left', async () => {
    const { page } = await open();
    await page.getByRole('tab', { name: 'Errors (4)' }).click();
    expect(await page.getByRole('listitem').filter({ visible: true }).count()).toBe(4);

    await page.getByRole('combobox', { name: 'Kind' }).click();
    await page.getByRole('option', { name: 'Wrong type' }).click();
    await page.getByText('1 of 4 errors').waitFor();
    const [item] = await page.locator('.errors li').allInnerTexts();
    expect(item).toContain('appendectomy');
    expect(item).toContain('Gold: Procedure');
    expect(item).toContain('Predicted: Disease (0.91)');

    await page.getByRole('combobox', { name: 'Type' }).click();
    await page.getByRole('option', { name: 'Procedure' }).click();
    await page.getByRole('combobox', { name: 'Kind' }).click();
    await page.getByRole('option', { name: 'All' }).filter({ visible: true }).click();
    await page.getByText('2 of 4 errors').waitFor();
  });

  it('shows the words of a boundary error once, and which side marked which', async () => {
    const { page } = await open(sampleReport(), { state: { tab: 'errors', kind: 'boundary' } });
    const words = page.locator('.errors li .words');
    expect(await words.innerText()).toBe('Admitted with acute pancreatitis after an appendectomy.');
    const marks = words.locator('mark');
    expect(await marks.evaluateAll((all) => all.map((mark) => [mark.textContent, mark.className]))).toEqual([
      ['acute ', 'gold'],
      ['pancreatitis', 'gold predicted'],
    ]);
  });

  it('opens the place of an error in the text', async () => {
    const { page, sent } = await open(sampleReport(), { state: { tab: 'errors', kind: 'boundary' } });
    await page.getByRole('button', { name: 'Open note-2.txt, line 1' }).click();
    expect((await sent()).at(-1)).toEqual({
      type: 'openLocation',
      document: 'note-2.txt',
      line: 1,
      start: 14,
      end: 32,
    });
  });

  it('asks the host to export, copy and open sources', async () => {
    const { page, sent } = await open();
    await page.getByRole('button', { name: 'Save the report as HTML' }).click();
    await page.getByRole('button', { name: 'Save the report as Markdown' }).click();
    await page.getByRole('button', { name: 'Save the report as CSV' }).click();
    await page.getByRole('button', { name: 'Copy the report as Markdown' }).click();
    await page.getByRole('button', { name: 'Open samples/gold.jsonl' }).click();
    expect((await sent()).slice(1)).toEqual([
      { type: 'exportReport', format: 'html' },
      { type: 'exportReport', format: 'markdown' },
      { type: 'exportReport', format: 'csv' },
      { type: 'copyReport' },
      { type: 'openSource', file: 'samples/gold.jsonl' },
    ]);
  });

  it('works by keyboard alone: tabs, filters, the list and its links', async () => {
    const { page, sent } = await open();
    const { keyboard } = page;
    await page.getByRole('tab', { name: 'Scores' }).focus();
    await keyboard.press('ArrowRight');
    await page.getByRole('list', { name: 'Errors' }).waitFor();

    await page.getByRole('combobox', { name: 'Kind' }).focus();
    await keyboard.press('Enter');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await page.getByText('1 of 4 errors').waitFor();
    await keyboard.press('Enter');
    await keyboard.press('Home');
    await keyboard.press('Enter');
    await page.getByText('4 errors', { exact: true }).waitFor();

    await page.locator('.errors button').first().focus();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    expect((await sent()).at(-1)).toMatchObject({ type: 'openLocation', document: 'note-2.txt', start: 42 });
  });

  it('keeps tab and filter for when it is shown again', async () => {
    const { page, state } = await open(sampleReport(), { state: { tab: 'errors', kind: 'missed' } });
    await page.getByText('1 of 4 errors').waitFor();
    await page.getByRole('tab', { name: 'How to read this' }).click();
    await page.getByText('The share of what was predicted that is right').waitFor();
    expect(await state()).toEqual({ tab: 'reading', kind: 'missed', file: 'reports/sample.json' });
  });

  it('forgets a kept filter whose label the new report lacks', async () => {
    const { page } = await open(sampleReport(), { state: { tab: 'errors', label: 'Gene' } });
    await page.getByText('4 errors', { exact: true }).waitFor();
  });

  it('shows hostile text as text', async () => {
    const { page } = await open(sampleReport(hostile), { state: { tab: 'errors' } });
    await expect(page.getByRole('heading', { level: 1 }).textContent()).resolves.toBe(hostile);
    await page.getByText(`migraine ${hostile}`, { exact: true }).waitFor();
    expect(await page.locator('img').count()).toBe(0);
  });

  it('draws a long list a hundred at a time and goes on from there', async () => {
    const report = sampleReport();
    const errors = Array.from({ length: 250 }, (_, i) => ({ ...report.errors[i % 4], line: i + 1 }));
    const { page } = await open({ ...report, errors } as Report, { state: { tab: 'errors' } });
    expect(await page.locator('.errors li').count()).toBe(100);
    await page.getByRole('button', { name: 'Show more' }).click();
    expect(await page.locator('.errors li').count()).toBe(200);
    expect(await page.evaluate('document.activeElement.textContent')).toContain('line 101');
  });

  for (const [name, theme] of Object.entries(themes)) {
    it(`breaks no rule of the content policy and logs no error in the ${name} theme`, async () => {
      const { page, complaints } = await open(sampleReport(), { theme });
      for (const tab of ['Scores', 'Errors', 'How to read this']) {
        await page.getByRole('tab', { name: tab }).click();
        // A screenshot adds a style of its own, which the policy forbids; so complaints come first.
        expect(complaints()).toEqual([]);
        await shoot(page, `${name}-${tab}`);
        complaints().length = 0;
      }
      await page.getByRole('tab', { name: 'Errors' }).click();
      const [spurious, ground] = await Promise.all([
        page
          .locator('.part.spurious')
          .first()
          .evaluate((part) => part.ownerDocument.defaultView?.getComputedStyle(part).backgroundColor ?? ''),
        page.evaluate<string>('getComputedStyle(document.body).backgroundColor'),
      ]);
      expect(contrast(spurious, ground)).toBeGreaterThan(3);
      await page.getByRole('combobox', { name: 'Kind' }).click();
      expect(complaints()).toEqual([]);
      await shoot(page, `${name}-menu`);
    });
  }
});
