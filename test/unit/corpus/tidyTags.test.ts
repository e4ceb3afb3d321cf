import { expect, test } from 'vitest';
import { tidyTags } from '../../../src/corpus/tagged/tidyTags.ts';

test.each([
  ['**<Disease>gout</Disease>**, chronic', '<Disease>gout</Disease>, chronic'],
  ['__<Disease>gout</Disease>__, chronic', '<Disease>gout</Disease>, chronic'],
  ['*<Disease>gout</Disease>*, chronic', '<Disease>gout</Disease>, chronic'],
  ['_<Disease>gout</Disease>_, chronic', '<Disease>gout</Disease>, chronic'],
  ['<Disease>**gout flare**</Disease>', '<Disease>gout flare</Disease>'],
  ['<Disease>*gout flare*</Disease>', '<Disease>gout flare</Disease>'],
  ['<Disease>_g_</Disease>', '<Disease>g</Disease>'],
  ['**Plan:** rest\n**Diet**: low salt\n**Findings**\nnone', 'Plan: rest\nDiet: low salt\nFindings\nnone'],
  // It may be a mention without a tag.
  ['a **bold** word', 'a **bold** word'],
  ['a __bold__ word', 'a __bold__ word'],
  // Single signs may be multiplication, a footnote or part of a name.
  ['2 * 3 and a_b_c', '2 * 3 and a_b_c'],
  ['<Disease>gout*</Disease> and *footnote', '<Disease>gout*</Disease> and *footnote'],
  ['<Disease>_gout*</Disease>', '<Disease>_gout*</Disease>'],
  ['5 <*6*</Disease>', '5 <*6*</Disease>'],
])('Markdown around or in tags is removed: %j', (text, tidy) => {
  expect(tidyTags(text, ['Disease'])).toBe(tidy);
});
