import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/foundation/userError.ts';
import { fromFailure, toFailure } from '../../../src/process/failure.ts';

describe('a lack of memory is a sentence, whoever says it:', () => {
  test.each([
    new RangeError('Array buffer allocation failed'),
    new RangeError('WebAssembly.Memory(): could not allocate memory'),
    new Error('std::bad_alloc'),
    new Error(
      'Non-zero status code returned while running Gemm node. Failed to allocate memory for requested buffer of size 4294967296',
    ),
  ])('%s', (error) => {
    const told = fromFailure(toFailure(error));
    expect(told).toBeInstanceOf(UserError);
    expect((told as UserError).describe()).toMatch(
      /not enough memory for this job\. Use a smaller batch size/u,
    );
  });

  test('other errors stay bugs with their stack', () => {
    const error = new TypeError('x is undefined');
    const told = fromFailure(toFailure(error));
    expect(told).not.toBeInstanceOf(UserError);
    expect(told.stack).toBe(error.stack);
  });
});
