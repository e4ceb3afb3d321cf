import { expect, test } from 'vitest';
import { memorySize } from '../../../src/foundation/memorySize.ts';

test.each([
  [400_000, '0 MB'],
  [812_345_678, '812 MB'],
  [999_600_000, '1.0 GB'],
  [1_440_000_000, '1.4 GB'],
])('%d bytes are %s', (bytes, words) => {
  expect(memorySize(bytes)).toBe(words);
});
