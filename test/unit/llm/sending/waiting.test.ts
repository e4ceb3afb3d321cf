import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/foundation/random.ts';
import { CancelledError } from '../../../../src/foundation/userError.ts';
import { backoffMs } from '../../../../src/llm/sending/backoff.ts';
import { createPacer } from '../../../../src/llm/sending/pacer.ts';
import { retryAfterMs } from '../../../../src/foundation/retryAfter.ts';
import { createSlots } from '../../../../src/llm/sending/sendingSlots.ts';

describe('how long a service asks to wait', () => {
  const now = Date.parse('Tue, 24 Nov 2026 10:00:00 GMT');
  it.each([
    [{ 'retry-after': '3' }, 3000],
    [{ 'retry-after': 'Tue, 24 Nov 2026 10:00:07 GMT' }, 7000],
    [{ 'retry-after': 'Tue, 24 Nov 2026 09:00:00 GMT' }, 0],
    [{ 'retry-after-ms': '250.5', 'retry-after': '9' }, 250.5],
    [{ 'retry-after': '-3' }, undefined],
    [{ 'retry-after': 'later' }, undefined],
    [{}, undefined],
  ])('is read from %o', (headers, expected) => {
    expect(retryAfterMs(new Headers(headers as Record<string, string>), now)).toBe(expected);
  });
});

describe('backoff', () => {
  it('waits between nothing and a bound that doubles up to a maximum', () => {
    const random = seededRandom(1);
    for (const [failures, bound] of [
      [1, 100],
      [2, 200],
      [4, 800],
      [9, 1000],
    ] as const) {
      const waits = Array.from({ length: 2000 }, () =>
        backoffMs(failures, { base: 100, most: 1000 }, random),
      );
      expect(Math.max(...waits)).toBeLessThanOrEqual(bound);
      expect(Math.max(...waits)).toBeGreaterThan(bound * 0.99);
      expect(Math.min(...waits)).toBeLessThan(bound * 0.01);
      expect(waits.reduce((sum, wait) => sum + wait, 0) / 2000).toBeCloseTo(bound / 2, -bound / 20);
    }
  });
});

describe('the pacer', () => {
  /** A clock that goes on only as far as somebody waits. */
  const never = new AbortController().signal;
  const elapsed = async (work: () => Promise<void>): Promise<number> => {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
  };

  it('spreads requests evenly', async () => {
    const pacer = createPacer({ requestsPerMinute: 6000 });
    expect(
      await elapsed(async () => {
        await Promise.all(Array.from({ length: 11 }, () => pacer.turn(1, never)));
      }),
    ).toBeGreaterThanOrEqual(99);
  });

  it('makes a request wait for the tokens of the previous one, less those returned', async () => {
    const pacer = createPacer({ tokensPerMinute: 600_000 });
    await pacer.turn(20_000, never);
    pacer.giveBack(15_000);
    const waited = await elapsed(() => pacer.turn(1, never));
    expect(waited).toBeGreaterThan(450);
    expect(waited).toBeLessThan(1500);
  });

  it('holds all requests, including those already waiting', async () => {
    const pacer = createPacer({ requestsPerMinute: 60_000 });
    await pacer.turn(1, never);
    const waiting = elapsed(() => pacer.turn(1, never));
    pacer.hold(80);
    expect(await waiting).toBeGreaterThanOrEqual(78);
  });

  it('also spreads requests that were waiting during a hold', async () => {
    const pacer = createPacer({ requestsPerMinute: 3000 });
    const begun = performance.now();
    const turns = Promise.all(
      Array.from({ length: 6 }, async () => {
        await pacer.turn(1, never);
        return performance.now() - begun;
      }),
    );
    pacer.hold(120);
    // The first went before the hold, the others 20 ms apart after it. A busy computer only makes them later.
    const [, ...after] = await turns;
    for (const [index, at] of after.entries()) expect(at).toBeGreaterThanOrEqual(118 + 20 * index);
  });

  it('does not wait without limits or once it is cancelled', async () => {
    const free = createPacer({});
    expect(await elapsed(() => free.turn(1e9, never))).toBeLessThan(20);
    expect(await elapsed(() => free.turn(1e9, never))).toBeLessThan(20);
    const abort = new AbortController();
    free.hold(10_000);
    const waiting = free.turn(1, abort.signal);
    abort.abort();
    await expect(waiting).rejects.toThrow(CancelledError);
  });
});

describe('slots', () => {
  it('are given out in order, can be added, and are not lost to a cancelled request', async () => {
    const never = new AbortController().signal;
    const slots = createSlots(1);
    const order: string[] = [];
    await slots.take(never);
    const abort = new AbortController();
    const gaveUp = slots.take(abort.signal);
    const second = slots.take(never).then(() => order.push('second'));
    const third = slots.take(never).then(() => order.push('third'));
    abort.abort();
    await expect(gaveUp).rejects.toThrow(CancelledError);
    slots.leave();
    await second;
    expect(order).toEqual(['second']);
    slots.widen(2);
    await third;
    expect(order).toEqual(['second', 'third']);
  });
});
