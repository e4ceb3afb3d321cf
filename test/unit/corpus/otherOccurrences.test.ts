import { describe, expect, it } from 'vitest';
import { formatInlineTags, parseInlineTags } from '../../../src/corpus/tagged/inlineTags.ts';
import { tagOtherOccurrences } from '../../../src/corpus/tagged/otherOccurrences.ts';

const labels = ['Disease', 'Chemical'];

function complete(tagged: string, known: readonly { surface: string; label: string }[] = []): string {
  const parsed = parseInlineTags(tagged, labels);
  if (!parsed.ok) throw new Error(parsed.detail);
  const result = tagOtherOccurrences(parsed, known);
  return result.ok ? formatInlineTags(result) : result.detail;
}

describe('tagOtherOccurrences', () => {
  it('tags all other whole-word occurrences of a mention in any case', () => {
    expect(complete('<Disease>Asthma</Disease>: asthma, asthmatic, ASTHMA-like')).toBe(
      '<Disease>Asthma</Disease>: <Disease>asthma</Disease>, asthmatic, <Disease>ASTHMA</Disease>-like',
    );
  });

  it('searches for a short name only as it is written', () => {
    expect(complete('<Disease>AS</Disease> as seen in AS')).toBe(
      '<Disease>AS</Disease> as seen in <Disease>AS</Disease>',
    );
  });

  it('searches for an acronym only in capitals, because it may be another word in lower case', () => {
    expect(complete('<Disease>GIST</Disease> was resected. The gist of it: GIST')).toBe(
      '<Disease>GIST</Disease> was resected. The gist of it: <Disease>GIST</Disease>',
    );
    expect(complete('<Disease>AIDS</Disease>; uses hearing aids')).toBe(
      '<Disease>AIDS</Disease>; uses hearing aids',
    );
    expect(complete('Has <Disease>POEMS</Disease> and reads poems')).toBe(
      'Has <Disease>POEMS</Disease> and reads poems',
    );
    expect(complete('hearing aids', [{ surface: 'AIDS', label: 'Disease' }])).toBe('hearing aids');
  });

  it('also finds a name in lower case if its heading is all capitals', () => {
    expect(complete('IMPRESSION: <Disease>PNEUMONIA</Disease>.\nThe pneumonia of last week')).toBe(
      'IMPRESSION: <Disease>PNEUMONIA</Disease>.\nThe <Disease>pneumonia</Disease> of last week',
    );
  });

  it('fails if a known name is tagged with another type', () => {
    const gout = { surface: 'gout', label: 'Disease' };
    expect(complete('Given <Chemical>Gout</Chemical> today', [gout])).toMatch(
      /"Disease" is tagged "Chemical"/,
    );
    expect(complete('Given <Chemical>Gout</Chemical> today', [gout, { ...gout, label: 'Chemical' }])).toBe(
      'Given <Chemical>Gout</Chemical> today',
    );
  });

  it('does not tag a name inside a longer mention', () => {
    expect(complete('<Disease>cancer</Disease> or <Disease>breast cancer</Disease>; breast cancer')).toBe(
      '<Disease>cancer</Disease> or <Disease>breast cancer</Disease>; <Disease>breast cancer</Disease>',
    );
  });

  it('tags known names', () => {
    expect(complete('gout and fever', [{ surface: 'Gout', label: 'Disease' }])).toBe(
      '<Disease>gout</Disease> and fever',
    );
  });

  it('fails if a name has two labels', () => {
    expect(complete('<Disease>alcohol</Disease> and <Chemical>alcohol</Chemical>')).toMatch(/both/);
  });
});

describe('tagOtherOccurrences in scripts without spaces between words', () => {
  it.each([
    ['患者有<Disease>糖尿病</Disease>，糖尿病控制不佳，2型糖尿病足', 3],
    ['<Chemical>aspirin</Chemical>治疗，给予aspirin100毫克，再予aspirin治疗', 2],
    ['<Disease>โรคเบาหวาน</Disease>และผู้ป่วยโรคเบาหวานที่', 2],
    ['<Disease>痛風</Disease>です。この痛風は', 2],
    ['<Chemical>インスリン</Chemical>とインスリンポンプ', 2],
  ])('finds the name again in %s', (tagged, mentions) => {
    expect(complete(tagged).match(/<(?:Disease|Chemical)>/g)).toHaveLength(mentions);
  });

  it.each([
    // 中心 is a centre, and カゼイン casein.
    '<Disease>心</Disease>，中心',
    '<Disease>カゼ</Disease>とカゼイン',
    // A vowel above the last letter makes it another syllable.
    '<Disease>ไอ</Disease> และไอิ',
    '<Disease>asthma</Disease> and asthmatic',
  ])('does not tag other words: %s', (tagged) => {
    expect(complete(tagged)).toBe(tagged);
  });
});
