import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openReviewSession, type ReviewSession } from '../../src/tasks/pages/reviewSession.ts';
import type { Document } from '../../src/corpus/document.ts';
import { mapTexts } from '../../src/evaluation/textMap/textMap.ts';
import { linkPage } from '../../src/tasks/pages/pageLink.ts';
import { reviewReaders } from '../../src/tasks/pages/readers.ts';
import type { ReviewMap, ReviewProtocol } from '../../webview/review/protocol.ts';
import { linesOf, makeRelationRun, makeRun, project } from '../unit/runs/review/reviewedRun.ts';
import { type EditorPage, launchBrowser, openEditorPage, type PageOptions } from './editorPage.ts';
import { themes } from './themes.ts';

type ReviewPage = EditorPage<ReviewProtocol>;

/** Six sentences of each kind in a made-up space of three directions. */
function sampleMap(): ReviewMap {
  const count = 6;
  const rows = Array.from({ length: 2 * count }, (_, i) => {
    const row = [i < count ? 1 : 0.3, i < count ? 0.2 * i : 1, 0.1 * (i % 5)];
    return row.map((value) => value / Math.hypot(...row));
  });
  const { synthetic, own, farthest, ...map } = mapTexts(Float32Array.from(rows.flat()), 3, count);
  const texts = (kind: string): string[] => Array.from({ length: count }, (_, i) => `${kind} sentence ${i}.`);
  return {
    ...map,
    synthetic: [...synthetic],
    own: [...own],
    texts: { synthetic: texts('Synthetic'), own: texts('Own') },
    farthest: farthest.map(({ index, similarity }) => ({ text: `Own sentence ${index}.`, similarity })),
    all: { synthetic: 4000, own: 60 },
  };
}

describe('the page of a review', () => {
  let browser: Browser;
  let folder = '';
  let session: ReviewSession;
  let opened: ReviewPage | undefined;
  let answered: Promise<void>;
  let queued = 0;
  let complaints: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    folder = await makeRun(120);
    queued = 0;
    complaints = [];
  });
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
    await answered;
    await session.close();
    expect(complaints).toEqual([]);
    await rm(folder, { recursive: true });
  });
  afterAll(async () => {
    await browser.close();
  });

  /** Opens the page with the real host behind it: only VS Code's channel between the two is a stand-in. */
  async function open(options: PageOptions<ReviewProtocol> = {}): Promise<Page> {
    session = await openReviewSession(folder, project, {
      drawMap: () => Promise.resolve(sampleMap()),
      onQueued: () => queued++,
    });
    const run = await session.content();
    const made = await openEditorPage<ReviewProtocol>(browser, 'review', run, options);
    opened = made;
    const link = linkPage(session, reviewReaders, {
      post: (message) => {
        // The content is there already.
        if (message.type === 'show') return;
        const script = `window.postMessage(${JSON.stringify(message)}, '*')`;
        // At the end of a test the page is closed under it.
        made.page.evaluate(script).catch(() => undefined);
      },
      onRefused: (reason) => complaints.push(reason),
      onFailed: (error) => complaints.push(String(error)),
    });
    answered = (async () => {
      for (let next = 0; !made.page.isClosed();) {
        const sent = await made.sent().catch(() => []);
        for (; next < sent.length; next++) await link.receive(sent[next]);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    })();
    await made.page.getByRole('listitem').first().waitFor();
    return made.page;
  }

  const row = (page: Page, index: number) => page.locator('.texts > li').nth(index);
  /** The place of the text that has the focus, among all. */
  const focused = (page: Page) => page.locator('.texts > li:focus').getAttribute('aria-posinset');
  const focusFirst = (page: Page): Promise<void> => row(page, 0).focus();

  it('lists the texts a page at a time, with mentions named and reasons told', async () => {
    const page = await open();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(
      /^Review of chartmark-reviewed-/u,
    );
    await page.getByText('120 texts accepted, 80 rejected; 0 reviewed by a person.').waitFor();
    await page.getByText('1 to 50 of 200').waitFor();
    expect(await page.locator('.texts > li').count()).toBe(50);
    expect(await row(page, 0).locator('mark .tag').allInnerTexts()).toEqual(['Chemical', 'Disease']);
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.getByText('51 to 100 of 200').waitFor();
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.getByText('101 to 150 of 200').waitFor();
    expect(await row(page, 20).locator('.refusal').innerText()).toMatch(/^(malformed|duplicate) /u);
    expect(await row(page, 20).getAttribute('aria-posinset')).toBe('121');
  });

  it('is worked by keys: accept, reject, and on to the next text and page', async () => {
    const page = await open();
    await focusFirst(page);
    await page.keyboard.press('r');
    await row(page, 0).getByText('Rejected').waitFor();
    await page.keyboard.press('a');
    await row(page, 1)
      .getByText(/reviewed/u)
      .waitFor();
    expect(await focused(page)).toBe('3');
    await page.getByText('119 texts accepted, 81 rejected; 2 reviewed by a person.').waitFor();
    const decisions = async (): Promise<unknown> =>
      (await linesOf(folder, 'review.jsonl')).map(({ decision, line }) => [decision, line]);
    await expect.poll(decisions).toEqual([
      ['reject', 1],
      ['accept', 2],
    ]);
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowDown');
    await page.getByText('51 to 100 of 200').waitFor();
    await expect.poll(() => focused(page)).toBe('51');
    await page.keyboard.press('ArrowUp');
    await page.getByText('1 to 50 of 200').waitFor();
    await expect.poll(() => focused(page)).toBe('50');
  });

  it('undoes the last decision wherever the focus is, one after the other, by key and by button', async () => {
    const page = await open();
    const undo = page.getByRole('button', { name: 'Undo the last decision' });
    expect(await undo.getAttribute('disabled')).not.toBeNull();
    await focusFirst(page);
    await page.keyboard.press('r');
    await row(page, 0).getByText('Rejected').waitFor();
    await page.keyboard.press('r');
    await row(page, 1).getByText('Rejected').waitFor();
    await page.keyboard.press('r');
    await page.getByText('117 texts accepted, 83 rejected; 3 reviewed by a person.').waitFor();
    await page.keyboard.press('u');
    await page.getByText('118 texts accepted').waitFor();
    expect(await focused(page)).toBe('3');
    await page.getByRole('tab', { name: 'Texts' }).focus();
    await page.keyboard.press('Control+z');
    await page.getByText('119 texts accepted').waitFor();
    expect(await focused(page)).toBe('2');
    await undo.click();
    await page.getByText('120 texts accepted, 80 rejected; 0 reviewed by a person.').waitFor();
    expect(await focused(page)).toBe('1');
    const decisions = async (): Promise<unknown> =>
      (await linesOf(folder, 'review.jsonl')).map(({ decision, line }) => [decision, line]);
    await expect
      .poll(decisions)
      .toEqual([...[1, 2, 3].map((line) => ['reject', line]), ...[3, 2, 1].map((line) => ['undo', line])]);
    expect(await undo.getAttribute('disabled')).not.toBeNull();
  });

  it('leaves the undo of a field to the field', async () => {
    const page = await open();
    await focusFirst(page);
    await page.keyboard.press('r');
    await row(page, 0).getByText('Rejected').waitFor();
    await page.getByRole('searchbox', { name: 'Search' }).focus();
    await page.keyboard.type('u');
    await page.keyboard.press('Control+z');
    await page.getByText('119 texts accepted').waitFor();
  });

  it('changes a label by a press on the mention, and takes it away', async () => {
    const page = await open();
    const marks = row(page, 0).locator('mark .tag');
    await row(page, 0)
      .getByRole('button', { name: /, Chemical$/u })
      .click();
    const menu = page.getByRole('menu', { name: /^Label of / });
    expect(await menu.getByRole('menuitemradio', { name: 'Chemical' }).getAttribute('aria-checked')).toBe(
      'true',
    );
    await menu.getByRole('menuitemradio', { name: 'Disease' }).click();
    await expect.poll(() => marks.allInnerTexts()).toEqual(['Disease', 'Disease']);
    await row(page, 0)
      .getByRole('button', { name: /, Disease$/u })
      .first()
      .click();
    await page.getByRole('menuitemradio', { name: 'No label' }).click();
    await expect.poll(() => marks.allInnerTexts()).toEqual(['Disease']);
    await row(page, 0).getByText('Accepted, edited').waitFor();
    await page.keyboard.press('u');
    await expect.poll(() => marks.allInnerTexts()).toEqual(['Disease', 'Disease']);
    await page.keyboard.press('u');
    await expect.poll(() => marks.allInnerTexts()).toEqual(['Chemical', 'Disease']);
  });

  it('labels words that are selected, whole ones, by the pointer and by keys', async () => {
    const page = await open();
    const text = await row(page, 0).locator('.words').innerText();
    const marks = () => row(page, 0).locator('mark').allInnerTexts();
    const before = (await marks()).length;
    // The second word, from its middle.
    const word = await row(page, 0)
      .locator('.words')
      .evaluate((shown) => {
        const node = shown.firstChild;
        const range = shown.ownerDocument.createRange();
        const [first = '', second = ''] = (node?.textContent ?? '').split(' ');
        range.setStart(node as never, first.length + 2);
        range.setEnd(node as never, first.length + 1 + second.length);
        const { left, right, top, height } = range.getBoundingClientRect();
        return { second, left, right, y: top + height / 2 };
      });
    expect(text).toContain(word.second);
    await page.mouse.move(word.left, word.y);
    await page.mouse.down();
    await page.mouse.move(word.right, word.y, { steps: 3 });
    await page.mouse.up();
    await page.getByRole('menu', { name: `Label of ${word.second}` }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await marks()).length).toBe(before + 1);

    await row(page, 1).focus();
    await page.keyboard.press('l');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Enter');
    await page.getByRole('menu', { name: /^Label of \S+ \S+$/u }).waitFor();
    await page.keyboard.press('Escape');
    expect(await focused(page)).toBe('2');
  });

  it('shows what can be done with a text only where the pointer or the focus is, and moves nothing for it', async () => {
    const page = await open();
    const acts = row(page, 0).locator('.acts');
    const opacity = () =>
      acts.evaluate((shown) => shown.ownerDocument.defaultView?.getComputedStyle(shown).opacity);
    await page.mouse.move(1, 1);
    expect(await opacity()).toBe('0');
    const box = await row(page, 0).locator('.words').boundingBox();
    await row(page, 0).hover();
    expect(await opacity()).toBe('1');
    await page.mouse.move(1, 1);
    await focusFirst(page);
    expect(await opacity()).toBe('1');
    expect(await row(page, 0).locator('.words').boundingBox()).toEqual(box);
  });

  it('has its filters on one line', async () => {
    const page = await open();
    const tops = await page
      .locator('.filters .filter')
      .evaluateAll((shown) => shown.map((filter) => filter.getBoundingClientRect().top));
    expect(tops.length).toBeGreaterThanOrEqual(5);
    expect(new Set(tops).size).toBe(1);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  it('edits a text with its tags, and says why it cannot be read', async () => {
    const page = await open();
    await focusFirst(page);
    await page.keyboard.press('e');
    const field = page.getByLabel('Text with tags');
    expect(await field.inputValue()).toContain('<Chemical>');
    await field.fill('He has <Disease>gout.');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('alert').getByText('a "Disease" tag is not closed').waitFor();
    await field.fill('He has <Disease>gout</Disease>.');
    await page.keyboard.press('Control+Enter');
    await row(page, 0).getByText('Accepted, edited').waitFor();
    expect(await row(page, 0).locator('mark').allInnerTexts()).toEqual([
      expect.stringMatching(/^gout\s*Disease$/u),
    ]);
    expect(await focused(page)).toBe('1');
    await page.keyboard.press('e');
    await page.keyboard.press('Escape');
    expect(await page.getByLabel('Text with tags').count()).toBe(0);
    await expect.poll(() => linesOf(folder, 'review.jsonl')).toHaveLength(1);
  });

  it('shows whether a pair is related, and lets that be edited with the tags', async () => {
    await rm(folder, { recursive: true });
    folder = await makeRelationRun(12);
    const page = await open();
    await row(page, 0).getByText('states the relation').waitFor();
    await row(page, 1).getByText('states no relation').waitFor();
    await focusFirst(page);
    await page.keyboard.press('e');
    const box = page.getByRole('checkbox', { name: 'The pair is related' });
    expect(await box.isChecked()).toBe(true);
    await box.uncheck();
    await page.keyboard.press('Control+Enter');
    await row(page, 0).getByText('states no relation').waitFor();
    const relations = async (): Promise<unknown> =>
      (await linesOf(folder, 'review.jsonl')).map(({ document }) => (document as Document).relations);
    await expect.poll(relations).toEqual([[]]);
    // The first refused text tags two genes.
    await row(page, 12).focus();
    await page.keyboard.press('a');
    await page.getByRole('alert').getByText('Tag exactly one Gene and one Disease.').waitFor();
  });

  it('finds texts by words, label, reason and what was decided, and keeps the filter', async () => {
    const page = await open();
    await page.getByRole('searchbox', { name: 'Search' }).fill('reply 7');
    await page.getByText('1 to 4 of 4').waitFor();
    expect((await opened?.state())?.filter).toEqual({ search: 'reply 7' });
    await page.getByRole('searchbox', { name: 'Search' }).fill('');
    await page.getByText('of 200').waitFor();
    await page.getByRole('combobox', { name: 'Reason' }).click();
    await page.getByRole('option', { name: 'malformed' }).click();
    await page.getByText('1 to 40 of 40').waitFor();
    await page.getByRole('combobox', { name: 'Show' }).click();
    await page.getByRole('option', { name: 'Accepted', exact: true }).click();
    await page.getByText('No texts match.').waitFor();
  });

  it('comes back with the filter and the page that it had', async () => {
    const page = await open({ state: { filter: { show: 'accepted' }, from: 50, tab: 'texts' } });
    await page.getByText('51 to 100 of 120').waitFor();
  });

  it('queues the request of a text again, once', async () => {
    const page = await open();
    await focusFirst(page);
    await page.keyboard.press('q');
    await expect.poll(() => queued).toBe(1);
    await row(page, 0).getByText('Repeat request').waitFor({ state: 'detached' });
    await page.keyboard.press('q');
    expect(queued).toBe(1);
  });

  it('counts what is accepted now', async () => {
    const page = await open();
    await focusFirst(page);
    await page.keyboard.press('r');
    await page.getByRole('tab', { name: 'Statistics' }).click();
    const figures = page.getByRole('region', { name: 'Figures' });
    await figures.getByText('119').waitFor();
    const rows = await page.getByRole('table', { name: 'Labels' }).getByRole('row').allInnerTexts();
    expect(rows.map((cells) => cells.split('\t').map((cell) => cell.trim()))).toContainEqual([
      'Disease',
      '119',
      '119',
      '119',
    ]);
    const chart = page.getByRole('img');
    expect(await chart.getAttribute('aria-label')).toMatch(/^Lengths: half of the texts have/u);
    expect(await chart.locator('.name').allTextContents()).toEqual(['Words in a text', 'Texts']);
    const bins = await chart.locator('.bin').evaluateAll((names) =>
      names.map((name) => {
        const { left, right } = name.getBoundingClientRect();
        return { text: name.textContent, left, right };
      }),
    );
    expect(bins.every(({ text }) => /^\d+(?:–\d+|\+)?$/u.test(text ?? ''))).toBe(true);
    for (const [i, { left }] of bins.slice(1).entries()) expect(left).toBeGreaterThan(bins[i]?.right ?? 0);
  });

  it('draws the map, and says in words and numbers what it shows', async () => {
    const page = await open();
    await page.getByRole('tab', { name: 'Map' }).click();
    await page.getByRole('button', { name: 'Choose Your Notes and Draw Map' }).click();
    await page.getByText(/the nearest neighbour of \d+\.\d% of the sentences is of the same kind/u).waitFor();
    expect(await page.locator('.map circle').count()).toBe(6);
    expect(await page.locator('.map path').count()).toBe(6);
    expect(await page.locator('.map path title').first().textContent()).toBe('Own sentence 0.');
    await page
      .getByText('The map shows 6 sentences of each kind, out of 4,000 synthetic sentences and 60 of yours.')
      .waitFor();
    expect(await page.getByRole('table', { name: 'How similar they are' }).getByRole('row').count()).toBe(3);
    expect(await page.locator('.farthest li').count()).toBe(6);
  });

  it('shows hostile text as text', async () => {
    const page = await open();
    await page.getByRole('searchbox', { name: 'Search' }).fill('onerror');
    await page.getByText('1 to 40 of 40').waitFor();
    expect(await row(page, 0).innerText()).toContain('<img src=x onerror=alert(1)>');
    expect(await page.locator('#root img').count()).toBe(0);
  });

  for (const [name, theme] of Object.entries(themes)) {
    it(`breaks no rule of the content policy and logs no error in the ${name} theme`, async () => {
      const page = await open({ theme });
      await focusFirst(page);
      await page.keyboard.press('r');
      await page.keyboard.press('e');
      await page.getByLabel('Text with tags').waitFor();
      const shot = async (part: string): Promise<void> => {
        const file = path.join(tmpdir(), 'chartmark-page', `review-${part}-${name}.png`);
        await page.screenshot({ path: file });
      };
      await page.getByRole('tab', { name: 'Map' }).click();
      await page.getByRole('button', { name: 'Choose Your Notes and Draw Map' }).click();
      await page.locator('.map circle').first().waitFor();
      await page.getByRole('tab', { name: 'Statistics' }).click();
      await page.getByRole('table', { name: 'Labels' }).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      // A screenshot adds a style of its own, which the policy forbids; so complaints come first.
      expect(opened?.complaints()).toEqual([]);
      await shot('statistics');
      await page.getByRole('tab', { name: 'Map' }).click();
      await shot('map');
      await page.getByRole('tab', { name: 'Texts' }).click();
      await shot('texts');
    });
  }
});
