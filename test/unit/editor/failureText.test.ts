import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/foundation/userError.ts';
import { failureText } from '../../../src/editor/failureText.ts';

describe('failureText', () => {
  test('names the place, what happened and what to do', () => {
    const error = new UserError('The tag is none.', {
      place: { file: '/w/a.bio', line: 3 },
      nextStep: 'Write O.',
    });
    expect(failureText(error, (file) => file.slice(3))).toBe('a.bio, line 3: The tag is none. Write O.');
  });

  test('says no more than there is', () => {
    expect(failureText(new UserError('No folder is open.'), String)).toBe('No folder is open.');
  });
});
