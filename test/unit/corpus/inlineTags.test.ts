import { describe, expect, it } from 'vitest';
import { parseInlineTags } from '../../../src/corpus/tagged/inlineTags.ts';

const labels = ['Disease', 'Chemical'];

describe('parseInlineTags', () => {
  it('gives the text without tags and the ranges of the mentions', () => {
    expect(
      parseInlineTags('Given <Chemical>aspirin</Chemical> for <Disease>stroke</Disease>.', labels),
    ).toEqual({
      ok: true,
      text: 'Given aspirin for stroke.',
      mentions: [
        { start: 6, end: 13, label: 'Chemical' },
        { start: 18, end: 24, label: 'Disease' },
      ],
    });
  });

  it('tolerates another case, attributes and spaces inside a tag', () => {
    expect(parseInlineTags('<disease id="1">asthma </DISEASE>attack', labels)).toEqual({
      ok: true,
      text: 'asthma attack',
      mentions: [{ start: 0, end: 6, label: 'Disease' }],
    });
  });

  it('keeps comparison signs and reads character references', () => {
    const result = parseInlineTags('p < 0.05, p<0.01, a &lt; b &amp; c > d', labels);
    expect(result).toMatchObject({ ok: true, text: 'p < 0.05, p<0.01, a < b & c > d', mentions: [] });
  });

  it.each([
    ['nested tags', '<Disease>renal <Disease>failure</Disease></Disease>', 'malformed'],
    ['crossing tags', '<Disease>lithium <Chemical>toxicity</Disease></Chemical>', 'malformed'],
    ['a tag that is not closed', 'has <Disease>gout', 'malformed'],
    ['a tag that was not opened', 'has gout</Disease>', 'malformed'],
    ['an empty tag', 'has <Disease> </Disease>gout', 'malformed'],
    ['a self-closing tag', 'has <Disease/> gout', 'malformed'],
    ['a label outside the schema', 'has <Drug>aspirin</Drug>', 'unknown-label'],
  ])('rejects %s', (_, tagged, problem) => {
    expect(parseInlineTags(tagged, labels)).toMatchObject({ ok: false, problem });
  });
});
