import { expect, test } from 'vitest';
import { pageHtml } from '../../../../src/tasks/pages/pageHtml.ts';

const page = (): string => pageHtml('report', 'F1 Report', 'https://x', (file) => `https://x/${file}`);

test('a page runs and loads nothing but what the extension gives it', () => {
  const html = page();
  const nonce = /nonce="([\w-]{22})"/.exec(html)?.[1];
  expect(html).toContain("default-src 'none'");
  expect(html).toContain(`script-src 'nonce-${nonce}'`);
  expect(html).not.toContain('unsafe');
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html).toContain('src="https://x/report.js"');
  expect(html).toContain('href="https://x/report.css"');
});

test('each page has a nonce of its own', () => {
  expect(page()).not.toBe(page());
});
