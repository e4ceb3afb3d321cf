import { describe, expect, it } from 'vitest';
import { formatInlineTags, parseInlineTags } from '../../../src/corpus/tagged/inlineTags.ts';
import { settleMentions } from '../../../src/corpus/tagged/settleMentions.ts';

/** `<D>` for `<Disease>`. */
function settle(tagged: string): string {
  const written = tagged.replaceAll('D>', 'Disease>');
  const result = settleMentions(parseInlineTags(written, ['Disease']));
  return result.ok ? formatInlineTags(result).replaceAll('Disease>', 'D>') : result.detail;
}

describe('settleMentions', () => {
  it.each([
    ['a full stop', 'Has <D>gout.</D>', 'Has <D>gout</D>.'],
    ['a full stop before a sentence', '<D>Gout.</D> He', '<D>Gout</D>. He'],
    ['an ellipsis', '<D>gout...</D> He', '<D>gout</D>... He'],
    ['a comma and a space', 'no <D>gout, </D>nor', 'no <D>gout</D>, nor'],
    [
      'quotes',
      'the <D>"gout"</D> and <D>\u201Cflu,\u201D</D>',
      'the "<D>gout</D>" and \u201C<D>flu</D>,\u201D',
    ],
    ['single quotes', "a <D>'gout'</D> and '<D>flu'</D>", "a '<D>gout</D>' and '<D>flu</D>'"],
    ['a bracket that does not pair', 'pain (<D>gout)</D>, <D>(flu</D>)', 'pain (<D>gout</D>), (<D>flu</D>)'],
    ['a hyphen', '<D>lithium-</D>induced', '<D>lithium</D>-induced'],
    ['Chinese punctuation', '有<D>痛风，</D>服药', '有<D>痛风</D>，服药'],
  ])('removes %s', (_, tagged, settled) => {
    expect(settle(tagged)).toBe(settled);
  });

  it.each([
    'on <D>vit. D</D> and',
    "<D>St. Anthony's fire</D>.",
    'the <D>Candida spp.</D> were',
    'with <D>H.I.V.</D> He',
    "<D>Graves'</D> disease",
    'the <D>(R)-warfarin</D> of',
    '<D>vitamin D (calciferol)</D> now',
    'low <D>Cl-</D> and',
    'a <D>.5 % solution</D> of',
    '<D>lithium</D>-induced and non-<D>diabetic</D>',
    '<D>COVID-19</D>\uC5D0 \uAC78\uB9B0',
    '\u60A3\u6709<D>\u75DB\u98CE</D>\u591A\u5E74',
    '<D>40</D>mg and 40<D>mg</D>',
    "the patient's<D> gout</D>",
    '<D>asthma</D>/<D>COPD</D>',
  ])('does not change %s', (tagged) => {
    expect(settle(tagged)).toBe(tagged.replace("'s<D> ", "'s <D>"));
  });

  it('includes the end of a plural', () => {
    expect(settle('two <D>seizure</D>s, <D>NSAID</D>s, <D>abscess</D>es.')).toBe(
      'two <D>seizures</D>, <D>NSAIDs</D>, <D>abscesses</D>.',
    );
  });

  it.each([
    'has hepa<D>titis</D> now',
    'is non<D>diabetic</D> now',
    'has <D>diabet</D>ic feet',
    'has non<D>a b</D> now',
    'is <D>BRCA</D>1 positive',
    'has <D>lithium</D><D>toxicity</D>',
    '\u043E\u0441\u0442\u0440<D>\u044B\u0439 \u0433\u0430\u0441\u0442\u0440\u0438\u0442</D>',
    'cafe<D>\u0301 au lait</D> spots',
  ])('rejects a tag inside a word: %s', (tagged) => {
    expect(settle(tagged)).toBe('a tag begins or ends inside a word');
  });

  it('rejects a whole sentence, but not a long name', () => {
    const sentence = 'He had gout and took colchicine for a very long time and then stopped';
    expect(settle(`<D>${sentence}.</D>`)).toBe('a tag holds a whole sentence');
    const name =
      'autosomal recessive spastic paraplegia with thin corpus callosum and optic atrophy of early onset';
    expect(settle(`<D>${name}</D> was found.`)).toBe(`<D>${name}</D> was found.`);
    expect(settle('<D>他因痛风服用秋水仙碱很长时间后来因为恶心而停药了。</D>')).toBe(
      'a tag holds a whole sentence',
    );
  });

  it('does not take quadratic time', () => {
    for (const part of [',', '(', 'a.', '."', '" ']) {
      expect(settle(`<D>a${part.repeat(200_000)}b</D>`)).toBe('a tag holds a whole sentence');
    }
  });

  it('rejects a tag around punctuation', () => {
    expect(settle('has <D>.,</D> now')).toBe('a tag holds no word');
    expect(settle('has <D>\u{1F600}</D> now')).toBe('a tag holds no word');
  });
});
