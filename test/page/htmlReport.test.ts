import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/evaluation/render/html.ts';
import { launchBrowser } from './editorPage.ts';
import { hostile, sampleReport } from './sampleReport.ts';

describe('the HTML report in a browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });

  async function open(
    colorScheme: 'light' | 'dark',
    width = 1100,
  ): Promise<{ page: Page; complaints: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('request', (request) => complaints.push(`asked for ${request.url()}`));
    await page.setContent(renderHtml(sampleReport(hostile)));
    return { page, complaints };
  }

  it('shows hostile text as text and asks for nothing', async () => {
    const { page, complaints } = await open('light');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(hostile);
    expect(await page.title()).toBe(hostile);
    expect(await page.locator('img, script, link').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('is drawn light or dark as the system is, and fits a narrow window', async () => {
    const grounds: unknown[] = [];
    for (const scheme of ['light', 'dark'] as const) {
      const { page } = await open(scheme, scheme === 'dark' ? 420 : 1100);
      grounds.push(await page.evaluate('getComputedStyle(document.body).backgroundColor'));
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      const file = path.join(tmpdir(), 'chartmark-page', `html-${scheme}.png`);
      await page.screenshot({ path: file, fullPage: true });
    }
    expect(grounds[0]).not.toBe(grounds[1]);
  });
});
