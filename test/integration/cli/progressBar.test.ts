import { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { progressBar } from '../../../src/cli/progressBar.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A pipe, and the lines that were written into it. */
function pipe(): { readonly stream: NodeJS.WriteStream; readonly lines: string[] } {
  const lines: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  return { stream: stream as unknown as NodeJS.WriteStream, lines };
}

test('a pipe sees how far a run is at once, now and then while nothing happens, and at the end', () => {
  const { stream, lines } = pipe();
  const bar = progressBar(stream, 'Generating');
  bar.update(0, '1 request in flight');
  expect(lines).toHaveLength(1);
  vi.advanceTimersByTime(100_000);
  expect(lines).toHaveLength(4);
  expect(lines.at(-1)).toContain('1 request in flight');
  bar.update(0.5, 'half');
  bar.update(1, 'all');
  bar.finish();
  expect(lines.at(-1)).toMatch(/^Generating \[█{24}\] all\n$/);
  vi.advanceTimersByTime(100_000);
  expect(lines.filter((line) => line.includes('all'))).toHaveLength(1);
});
