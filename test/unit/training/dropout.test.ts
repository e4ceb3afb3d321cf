import { expect, test } from 'vitest';
import { seededRandom } from '../../../src/foundation/random.ts';
import { dropoutPool } from '../../../src/training/dropoutMasks.ts';
import { layoutParameters } from '../../../src/training/parameters.ts';
import { trainingGraph } from '../../../src/training/trainingGraph.ts';
import { tinyConfig } from './tinyBase.ts';

test('a mask drops at its rate and scales what is left, so that the mean is one', () => {
  const mask = dropoutPool(0.1, 1000, seededRandom(1))(200_000);
  const dropped = mask.filter((x) => x === 0).length / mask.length;
  expect(dropped).toBeCloseTo(0.1, 2);
  expect(mask.reduce((sum, x) => sum + x, 0) / mask.length).toBeCloseTo(1, 2);
});

test('masks differ from each other and are the same for the same seed', () => {
  const pool = dropoutPool(0.5, 1000, seededRandom(1));
  const [first, second] = [pool(1000), pool(1000)];
  expect(first).not.toEqual(second);
  expect(dropoutPool(0.5, 1000, seededRandom(1))(1000)).toEqual(first);
});

test('a mask may be as large as announced', () => {
  const size = 6_000_000;
  expect(dropoutPool(0.1, size, seededRandom(1))(size)).toHaveLength(size);
});

test('a kind of dropout with the rate 0 has no masks', () => {
  const kindsOf = (
    rates: Pick<typeof tinyConfig, 'hiddenDropout' | 'attentionDropout'>,
  ): ReadonlySet<string> => {
    const config = { ...tinyConfig, ...rates };
    const head = { kind: 'tokens', labels: 3 } as const;
    return new Set(trainingGraph(config, layoutParameters(config, head), head).masks.map(({ kind }) => kind));
  };
  expect(kindsOf({ hiddenDropout: 0.1, attentionDropout: 0.1 })).toEqual(new Set(['hidden', 'attention']));
  expect(kindsOf({ hiddenDropout: 0.1, attentionDropout: 0 })).toEqual(new Set(['hidden']));
  expect(kindsOf({ hiddenDropout: 0, attentionDropout: 0 })).toEqual(new Set());
});
