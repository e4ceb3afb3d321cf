import { beforeEach, describe, expect, test } from 'vitest';
import { linkPage, type Page, type PageLink } from '../../../../src/tasks/pages/pageLink.ts';
import { reportReaders, reportState, reviewReaders } from '../../../../src/tasks/pages/readers.ts';
import { UserError } from '../../../../src/foundation/userError.ts';
import type { HostToPage, PageToHost } from '../../../../webview/protocol.ts';
import { pageRequests } from '../../../../webview/requests.ts';
import type { ReviewContent, ReviewProtocol } from '../../../../webview/review/protocol.ts';

/** Note text that no log may hold. */
const secret = 'Mrs Jones has gout.';

const content = (title: string): ReviewContent => ({
  title,
  isRelationRun: false,
  looks: [],
  facets: { labels: [], styles: [], reasons: [], seeds: [] },
  counts: { accepted: 1, rejected: 0, reviewed: 0, undoable: 0 },
});

describe('the link of a page', () => {
  let handled: unknown[] = [];
  let posted: HostToPage<ReviewProtocol>[] = [];
  let refused: string[] = [];
  let failures: unknown[] = [];
  let link: PageLink<ReviewProtocol>;
  let page: ReturnType<typeof pageRequests<ReviewProtocol>>;

  function reviewPage(title: string): Page<ReviewProtocol> {
    return {
      title,
      content: () => content(title),
      handlers: {
        find: (message) => {
          handled.push(message);
          return { from: message.from, total: 7, texts: [] };
        },
        decide: ({ key }) => ({ problem: `No text ${key}.` }),
        edit: (message) => {
          handled.push(message);
          return undefined;
        },
        relabel: () => undefined,
        undoLast: () => undefined,
        repeatRequest: () => Promise.reject(new UserError('Another run is writing to this folder.')),
        count: () => Promise.reject(new Error('a bug')),
        drawMap: () => new Promise(() => {}),
        latestMap: () => undefined,
      },
    };
  }

  beforeEach(async () => {
    handled = [];
    posted = [];
    refused = [];
    failures = [];
    link = linkPage(reviewPage('first'), reviewReaders, {
      post: (message) => {
        posted.push(message);
        if (message.type === 'reply') page.settle(message);
      },
      onRefused: (reason) => refused.push(reason),
      onFailed: (error) => failures.push(error),
    });
    page = pageRequests<ReviewProtocol>((message) => void link.receive(message));
    await link.receive({ type: 'ready' });
    posted = [];
  });

  describe('replies', () => {
    test('to the request that asked, in whatever order', async () => {
      let isDrawn = false;
      void page.request({ type: 'drawMap' }).then(() => (isDrawn = true));
      const found = page.request({ type: 'find', filter: {}, from: 2, count: 5, isNew: true });
      const decided = page.request({ type: 'decide', key: 'a', verdict: 'accept' });
      expect(await decided).toEqual({ problem: 'No text a.' });
      expect(await found).toEqual({ from: 2, total: 7, texts: [] });
      expect(handled).toEqual([{ filter: {}, from: 2, count: 5, isNew: true }]);
      expect(isDrawn).toBe(false);
    });

    test('with nothing when the handler fails, which is reported once', async () => {
      expect(await page.request({ type: 'repeatRequest', key: 'a' })).toBeUndefined();
      expect(await page.request({ type: 'count' })).toBeUndefined();
      expect(failures).toEqual([new UserError('Another run is writing to this folder.'), new Error('a bug')]);
    });

    test('to no message without a number', async () => {
      await link.receive({ type: 'latestMap' });
      expect(posted).toEqual([]);
    });

    test('to no page that was unloaded meanwhile', async () => {
      const asked = link.receive({ type: 'find', filter: {}, from: 0, count: 5, isNew: true, request: 1 });
      link.unloaded();
      await asked;
      expect(posted).toEqual([]);
    });

    test('never to a request of a page that was reloaded', () => {
      const numbers: unknown[] = [];
      const note = (message: PageToHost<ReviewProtocol>): number =>
        numbers.push('request' in message && message.request);
      const before = pageRequests<ReviewProtocol>(note);
      void before.request({ type: 'latestMap' });
      const waited = Date.now() + 2;
      while (Date.now() < waited);
      void pageRequests<ReviewProtocol>(note).request({ type: 'latestMap' });
      expect(new Set(numbers).size).toBe(2);
    });
  });

  describe('refuses', () => {
    const malformed: readonly (readonly [what: string, message: unknown, reason: string])[] = [
      ['what is no message', secret, 'wrong in its form'],
      ['a message without a type', { key: secret }, 'wrong in type'],
      ['a type that is unknown', { type: secret }, 'its type is unknown'],
      ['a type that every object has', { type: 'constructor' }, 'its type is unknown'],
      [
        'a field of another kind',
        { type: 'edit', key: 1, tagged: [secret] },
        '"edit" is wrong in key, tagged',
      ],
      [
        'a choice that there is not',
        { type: 'decide', key: 'a', verdict: secret },
        '"decide" is wrong in verdict',
      ],
      [
        'a part of a field',
        { type: 'find', filter: { show: secret }, from: -1, count: 5, isNew: true },
        '"find" is wrong in filter.show, from',
      ],
      ['a number of a request that is none', { type: 'count', request: secret }, 'wrong in request'],
    ];
    for (const [what, message, reason] of malformed) {
      test(`${what}, and says where it is wrong but not what it holds`, async () => {
        await link.receive(message);
        expect(refused).toEqual([reason]);
        expect([handled, posted, failures]).toEqual([[], [], []]);
      });
    }

    test('a request with a reply, so that the page does not wait', async () => {
      await link.receive({ type: 'edit', key: 'a', tagged: 3, request: 9 });
      expect(posted).toEqual([{ type: 'reply', request: 9, reply: undefined }]);
    });
  });

  test('hands on nothing but the fields that are known', async () => {
    await link.receive({ type: 'edit', key: 'a', tagged: 'gout', related: true, more: secret });
    expect(handled).toEqual([{ key: 'a', tagged: 'gout', related: true }]);
  });

  describe('shows', () => {
    test('the content each time that the page is ready', async () => {
      await link.receive({ type: 'ready' });
      expect(posted).toEqual([{ type: 'show', content: content('first') }]);
    });

    test('nothing to a page that is not ready, which gets the newest content once it is', async () => {
      link.unloaded();
      link.page = reviewPage('second');
      await link.refresh();
      expect(posted).toEqual([]);
      await link.receive({ type: 'ready' });
      expect(posted).toEqual([{ type: 'show', content: content('second') }]);
    });

    test('what a page that replaced it gives', async () => {
      link.page = reviewPage('second');
      await link.refresh();
      expect(posted).toEqual([{ type: 'show', content: content('second') }]);
    });

    test('no content that cannot be read, and reports why', async () => {
      const failure = new UserError('The file does not exist.');
      link.page = { ...reviewPage('gone'), content: () => Promise.reject(failure) };
      await link.receive({ type: 'ready' });
      expect([posted, failures]).toEqual([[], [failure]]);
    });
  });
});

test('the places and forms of the report page are read', () => {
  const place = { document: 'note-1', line: 1, start: 0, end: 4 };
  expect(reportReaders.openLocation.parse({ type: 'openLocation', ...place })).toEqual(place);
  expect(reportReaders.exportReport.safeParse({ format: 'exe' }).success).toBe(false);
});

test('a panel is restored only if its page kept the file of its report', () => {
  expect(reportState.parse({ file: '/w/reports/a.json', tab: 'errors' })).toEqual({
    file: '/w/reports/a.json',
  });
  expect([undefined, {}, { file: 3 }].map((state) => reportState.safeParse(state).success)).toEqual([
    false,
    false,
    false,
  ]);
});
