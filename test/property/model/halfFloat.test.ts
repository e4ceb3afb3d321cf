import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeBrainFloats, decodeHalfFloats, encodeHalfFloats } from '../../../src/model/halfFloat.ts';

const every = Uint16Array.from({ length: 65_536 }, (_, i) => i);

it('every half float comes back from 32 bits as it was', () => {
  const floats = decodeHalfFloats(every);
  const back = encodeHalfFloats(floats);
  for (const [i, half] of every.entries()) {
    if (Number.isNaN(floats[i])) expect((back[i] as number) & 0x7e00).toBe(0x7e00);
    else if (back[i] !== half) throw new Error(`${half} became ${back[i]}`);
  }
});

it('known values are decoded as IEEE 754 says', () => {
  const halves = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001, 0x0400, 0x7c00, 0x8000, 0x3555);
  expect([...decodeHalfFloats(halves)]).toEqual([
    1,
    -2,
    65_504,
    2 ** -24,
    2 ** -14,
    Infinity,
    -0,
    Math.fround(1365 / 4096),
  ]);
});

it('rounding takes the nearest half float, the even one of two', () => {
  const finite = decodeHalfFloats(every.filter((half) => half < 0x7c00));
  const index = fc.nat({ max: finite.length - 2 });
  fc.assert(
    fc.property(index, fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (i, part, negative) => {
      const [low, high] = [finite[i] as number, finite[i + 1] as number];
      const value = Math.fround(low + part * (high - low));
      const middle = (low + high) / 2;
      const even = i % 2 === 0 ? low : high;
      const nearest = value < middle ? low : value > middle ? high : even;
      const sign = negative ? -1 : 1;
      expect(decodeHalfFloats(encodeHalfFloats(Float32Array.of(sign * value)))[0]).toBe(sign * nearest);
    }),
    { numRuns: 2000 },
  );
  expect([...encodeHalfFloats(Float32Array.of(65_519.99, 65_520, 1e30))]).toEqual([0x7bff, 0x7c00, 0x7c00]);
});

it('bfloat16 is the upper half of a 32-bit float', () => {
  expect([...decodeBrainFloats(Uint16Array.of(0x3f80, 0xc2f7, 0))]).toEqual([1, -123.5, 0]);
});
