import { describe, expect, test } from 'vitest';
import { describeProgress } from '../../../src/generation/run/describeProgress.ts';
import { roundedSeconds, timeLeft } from '../../../src/generation/run/timeLeft.ts';

describe('the time left of a run', () => {
  test('does not count how long the first reply took', () => {
    const time = timeLeft();
    expect(time.left(100, 40)).toBeUndefined();
    for (let reply = 0; reply < 10; reply++) time.done(10 * (reply + 1), 40 + reply);
    expect(time.left(100, 49)).toBeCloseTo(10, 5);
  });

  test('moves slowly although replies come in bursts', () => {
    const time = timeLeft();
    const shown: number[] = [];
    for (let burst = 0; burst < 30; burst++) {
      for (let reply = 0; reply < 8; reply++) {
        const seconds = 10 * burst + reply / 10;
        time.done((burst * 8 + reply + 1) * 10, seconds);
        const left = time.left(4000 - (burst * 8 + reply + 1) * 10, seconds);
        if (burst > 3 && left !== undefined) shown.push(left + seconds);
      }
    }
    // The estimated end, of a run that ends after 500 seconds.
    expect(Math.min(...shown)).toBeGreaterThan(400);
    expect(Math.max(...shown)).toBeLessThan(600);
  });

  test('is nothing when nothing is missing, and unknown while nothing is accepted', () => {
    const time = timeLeft();
    for (let reply = 0; reply < 5; reply++) time.done(0, reply);
    expect(time.left(10, 5)).toBeUndefined();
    expect(time.left(0, 5)).toBe(0);
  });

  test('is rounded, and requests in flight are named', () => {
    expect([7.4, 43, 512, 9000].map(roundedSeconds)).toEqual([7, 40, 540, 9000]);
    const progress = { accepted: 0, rejected: 0, wanted: 9, requests: 0, inFlight: 1 };
    expect(describeProgress(progress)).toBe('0 of 9 accepted, 0 rejected, 1 request in flight');
    expect(describeProgress({ ...progress, inFlight: 0, secondsLeft: 43 })).toContain('about 40 s left');
  });
});
