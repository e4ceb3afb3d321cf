import { describe, expect, test } from 'vitest';
import { shortFormDefinitions } from '../../../src/corpus/shortForms.ts';

/** Each definition as "long form = short form". */
function definitions(text: string): readonly string[] {
  const words = text.split(' ');
  return shortFormDefinitions(words).map(({ long, short }) =>
    [long, short].map(({ start, end }) => words.slice(start, end).join(' ')).join(' = '),
  );
}

describe('definitions of short forms', () => {
  test.each([
    ['the gene of Huntington disease ( HD ) was found', ['Huntington disease = HD']],
    ['ataxia - telangiectasia ( A - T ) cells', ['ataxia - telangiectasia = A - T']],
    ['given cyclosporin A [ CsA ] and gentamicin ( GM ; 5 mg )', ['cyclosporin A = CsA', 'gentamicin = GM']],
    ['von Hippel - Lindau ( VHL ) disease', ['von Hippel - Lindau = VHL']],
  ])('are found in %j', (text, found) => {
    expect(definitions(text)).toEqual(found);
  });

  test.each([
    ['letters that the preceding words do not have', 'Huntington disease ( PD )'],
    ['a first letter that does not begin a word', 'the anhedonia ( HD )'],
    ['no capital', 'Huntington disease ( hd )'],
    ['a bracket that is not closed', 'Huntington disease ( HD'],
    ['a long comment', 'Huntington disease ( HD is a rare illness indeed )'],
    ['the same word', 'HD ( HD )'],
    ['words too far away', 'Huntington a b c d e f g i j k disease ( HD )'],
    ['nothing before', '( HD )'],
  ])('are not found in: %s', (_case, text) => {
    expect(definitions(text)).toEqual([]);
  });
});
