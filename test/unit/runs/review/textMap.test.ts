import { describe, expect, it } from 'vitest';
import { gaussian, seededRandom } from '../../../../src/foundation/random.ts';
import { principalPlane } from '../../../../src/evaluation/textMap/principalPlane.ts';
import { mapTexts } from '../../../../src/evaluation/textMap/textMap.ts';

/** Points that spread by `deviations` along the axes of a turned frame. */
function cloud(count: number, deviations: readonly number[]): Float32Array {
  const random = seededRandom(5);
  const width = deviations.length;
  const rows = new Float32Array(count * width);
  for (let row = 0; row < count; row++) {
    const own = deviations.map((deviation) => deviation * gaussian(random));
    // A turn in the plane of the first and the last axis, and a shift.
    const [first = 0, last = 0] = [own[0], own[width - 1]];
    own[0] = 0.6 * first - 0.8 * last;
    own[width - 1] = 0.8 * first + 0.6 * last;
    own.forEach((value, i) => (rows[row * width + i] = value + 3));
  }
  return rows;
}

/** Directions around one of the first two axes. */
function bundle(axis: number, count: number, width: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const row = Array.from({ length: width }, (_, i) => (i === axis ? 1 : 0) + 0.15 * gaussian(random));
    const length = Math.hypot(...row);
    return row.map((value) => value / length);
  }).flat();
}

describe('the plane of the largest spread', () => {
  it('has the variances of the two widest directions, and their share of the whole', () => {
    const { places, share } = principalPlane(cloud(4000, [5, 0.5, 3, 0.5, 1]), 5);
    const variance = (component: number): number => {
      let sum = 0;
      for (let at = component; at < places.length; at += 2) sum += (places[at] ?? 0) ** 2;
      return sum / (places.length / 2);
    };
    expect(Math.sqrt(variance(0))).toBeCloseTo(5, 0);
    expect(Math.sqrt(variance(1))).toBeCloseTo(3, 0);
    expect(share).toBeCloseTo(34 / 35.5, 1);
  });

  it('is the same each time, and stands where there is no spread', () => {
    const rows = cloud(50, [3, 2, 1]);
    expect(principalPlane(rows, 3)).toEqual(principalPlane(rows, 3));
    const { places, share } = principalPlane(new Float32Array(12).fill(1), 3);
    expect([...places].every((place) => place === 0)).toBe(true);
    expect(share).toBe(0);
  });
});

describe('a map of texts', () => {
  const width = 16;
  it('tells two kinds apart that lie apart', () => {
    const rows = Float32Array.from([...bundle(0, 40, width, 1), ...bundle(1, 40, width, 2)]);
    const { gap, synthetic, own } = mapTexts(rows, width, 40);
    expect(gap.toldApart).toBe(1);
    expect(gap.ownToOwn).toBeGreaterThan(gap.ownToSynthetic + 0.3);
    expect([synthetic.length, own.length]).toEqual([80, 80]);
    const side = (places: Float64Array): number => Math.sign(places[0] ?? 0);
    expect(side(synthetic)).toBe(-side(own));
  });

  it('gives the mean similarity to the nearest sentence of the same and of the other kind', () => {
    const degrees = [0, 60, 20, 200];
    const rows = degrees.flatMap((angle) => [
      Math.cos((angle / 180) * Math.PI),
      Math.sin((angle / 180) * Math.PI),
    ]);
    const { gap, farthest } = mapTexts(Float32Array.from(rows), 2, 2);
    const cosine = (angle: number): number => Math.cos((angle / 180) * Math.PI);
    expect(gap.syntheticToSynthetic).toBeCloseTo(cosine(60), 5);
    expect(gap.syntheticToOwn).toBeCloseTo((cosine(20) + cosine(40)) / 2, 5);
    expect(gap.ownToSynthetic).toBeCloseTo((cosine(20) + cosine(140)) / 2, 5);
    expect(gap.ownToOwn).toBeCloseTo(cosine(180), 5);
    expect(gap.toldApart).toBe(0);
    expect(farthest).toEqual([
      { index: 1, similarity: expect.closeTo(cosine(140), 5) as number },
      { index: 0, similarity: expect.closeTo(cosine(20), 5) as number },
    ]);
  });

  it('says about one half of two kinds that are one', () => {
    const rows = Float32Array.from(bundle(0, 400, width, 3));
    const { gap } = mapTexts(rows, width, 200);
    expect(Math.abs(gap.toldApart - 0.5)).toBeLessThan(0.1);
    expect(gap.ownToSynthetic).toBeCloseTo(gap.ownToOwn, 1);
  });
});
