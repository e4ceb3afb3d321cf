import { expect, test } from 'vitest';
import { UserError } from '../../../src/foundation/userError.ts';
import { flatWeights } from '../../../src/training/flatWeights.ts';
import { maximumFloats } from '../../../src/training/kernel/adamw.ts';

test('a model whose weights, gradients and moments do not fit into the memory is refused', () => {
  expect(() => flatWeights({ parameters: [], size: maximumFloats / 4 + 4, frozenEmbeddings: false })).toThrow(
    UserError,
  );
});
