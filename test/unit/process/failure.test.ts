import { describe, expect, test } from 'vitest';
import { CancelledError, UserError } from '../../../src/foundation/userError.ts';
import { fromFailure, toFailure } from '../../../src/process/failure.ts';

describe('errors across the process border', () => {
  test('an expected error keeps its place and next step', () => {
    const error = new UserError('The file is truncated.', {
      place: { file: 'model.safetensors' },
      nextStep: 'Copy it again.',
    });
    const back = fromFailure(structuredClone(toFailure(error)));
    expect(back).toBeInstanceOf(UserError);
    expect((back as UserError).describe()).toBe(error.describe());
  });

  test('cancelling stays cancelling', () => {
    expect(fromFailure(toFailure(new CancelledError()))).toBeInstanceOf(CancelledError);
  });

  test('a bug keeps the stack of where it happened', () => {
    const bug = new TypeError('x is undefined');
    const back = fromFailure(toFailure(bug));
    expect(back).not.toBeInstanceOf(UserError);
    expect(back.stack).toBe(bug.stack);
  });

  test('a thrown value that is no error is described', () => {
    expect(fromFailure(toFailure('odd')).message).toBe('odd');
  });
});
