import { expect, test } from 'vitest';
import { pageHtml } from '../../../src/editor/pageHtml.ts';

test('a page runs and loads nothing but what the extension gives it', () => {
  const html = pageHtml({
    title: 'F1 Report',
    script: 'https://x/report.js',
    style: 'https://x/report.css',
    source: 'https://x',
    nonce: 'n0nce',
  });
  expect(html).toContain("default-src 'none'");
  expect(html).toContain("script-src 'nonce-n0nce'");
  expect(html).not.toContain('unsafe');
  expect(html.match(/<script/g)).toHaveLength(1);
});
