import { describe, expect, test } from 'vitest';
import {
  asFileError,
  CancelledError,
  throwIfCancelled,
  UserError,
} from '../../../src/foundation/userError.ts';

describe('UserError', () => {
  test('says file, line, cause and next step in this order', () => {
    const error = new UserError('The tag "X" is no BIO tag.', {
      place: { file: 'a.bio', line: 3 },
      nextStep: 'Use B-, I- or O.',
    });
    expect(error.describe()).toBe('a.bio:3: The tag "X" is no BIO tag. Use B-, I- or O.');
  });

  test('names its place as the caller does, and says no more than there is', () => {
    const place = { file: '/w/a.bio', line: 3 };
    const error = new UserError('The tag is not valid.', { place });
    expect(error.describe(({ file, line }) => `${file.slice(3)}, line ${line}`)).toBe(
      'a.bio, line 3: The tag is not valid.',
    );
    expect(new UserError('No folder is open.').describe()).toBe('No folder is open.');
  });

  test('turns a file system error into a sentence with the path', () => {
    const error = asFileError(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }), 'model.onnx');
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).describe()).toBe(
      'model.onnx: The disk is full. Free some space and try again.',
    );
  });

  test('returns an unknown error unchanged', () => {
    const bug = new TypeError('x is not a function');
    expect(asFileError(bug, 'a')).toBe(bug);
  });

  test('a cancelled signal throws, an open or absent one does not', () => {
    expect(() => throwIfCancelled(AbortSignal.abort())).toThrow(CancelledError);
    expect(() => throwIfCancelled(new AbortController().signal)).not.toThrow();
    expect(() => throwIfCancelled(undefined)).not.toThrow();
  });
});
