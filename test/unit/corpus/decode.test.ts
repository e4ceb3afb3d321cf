import { expect, test } from 'vitest';
import { decodeUtf8 } from '../../../src/corpus/decode.ts';
import { failure } from './failure.ts';

const lineOf = (bytes: Uint8Array): number | undefined =>
  failure(() => decodeUtf8(bytes, 'a.txt')).place?.line;

test.each([
  ['\0', 1],
  ['one\n\0', 2],
  ['one\ntwo \0 three\nfour', 2],
  ['\n\n\n\0', 4],
  ['one\0\ntwo\n', 1],
])('a NUL byte in %j is reported with its line', (source, line) => {
  expect(lineOf(Buffer.from(source))).toBe(line);
});

test.each([
  ['caf\u00e9', 1],
  ['fine\nfine\ncaf\u00e9\ncaf\u00e9', 3],
  ['fine\n\u00e9', 2],
])('bytes of Latin-1 in %j are reported with the first bad line', (source, line) => {
  expect(lineOf(Buffer.from(source, 'latin1'))).toBe(line);
});

test.each([[Buffer.from([0xff, 0xfe, 0x41, 0x00])], [Buffer.from([0xfe, 0xff, 0x00, 0x41])]])(
  'UTF-16 is refused before its bytes are taken for others',
  (bytes) => {
    expect(lineOf(bytes)).toBeUndefined();
  },
);

test.each([
  [0xff, 0x41],
  [0x41, 0xfe],
  [0xfe, 0x41],
  [0x41, 0xff],
  [0xfe, 0xfe],
])('the bytes %i and %i are no byte order mark of UTF-16', (...bytes) => {
  expect(failure(() => decodeUtf8(Uint8Array.from(bytes), 'a.txt')).message).toContain('not valid UTF-8');
});

test('a file of more than 256 MB is refused with its name', () => {
  const [largest, larger] = [0, 1].map((more) =>
    failure(() => decodeUtf8(new Uint8Array(2 ** 28 + more), 'a.txt')),
  );
  expect(largest?.message).toContain('NUL');
  expect(larger?.message).toBe('The file is larger than 256 MB.');
  expect(larger?.place).toEqual({ file: 'a.txt' });
});

test('the byte order mark and every line end stay', () => {
  const source = '\uFEFFa\r\nb\rc\n\u{1F600}';
  expect(decodeUtf8(Buffer.from(source), 'a.txt')).toBe(source);
});
