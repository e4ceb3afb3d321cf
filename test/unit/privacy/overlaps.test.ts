import { describe, expect, it } from 'vitest';
import { overlapFinder } from '../../../src/privacy/overlaps.ts';

const own = [
  'She was admitted with fever, and a chest film showed a dense right lower lobe pneumonia.',
  'He takes aspirin.',
];

/** The words that a text shares with the references, and where they come from. */
function overlaps(text: string, words: number, references: readonly string[] = own) {
  return overlapFinder(references, words)
    .find(text)
    .map((found) => [found.words, text.slice(found.start, found.end), found.reference, found.referenceStart]);
}

describe('overlapFinder', () => {
  it('finds the longest run, ignoring case, punctuation and white space', () => {
    const text = 'Then A CHEST\nfilm showed - a dense (right) lower lobe mass.';
    expect(overlaps(text, 6)).toEqual([[9, text.slice(5, 53), 0, own[0]?.indexOf('a chest')]]);
    expect(overlaps(text, 9)).toHaveLength(1);
    expect(overlaps(text, 10)).toEqual([]);
  });

  it('finds every run in a text', () => {
    const text = 'He takes aspirin. She was admitted with fever once; he takes aspirin';
    expect(overlaps(text, 3).map(([words, , reference]) => [words, reference])).toEqual([
      [3, 1],
      [5, 0],
      [3, 1],
    ]);
  });

  it('does not join the end of one reference with the start of the next', () => {
    expect(overlaps('lower lobe pneumonia He takes', 4)).toEqual([]);
  });

  it('reports the longest of several matches', () => {
    const references = ['a b c d x', 'a b c d e f', 'a b c d e y'];
    expect(overlaps('a b c d e f', 3, references)).toEqual([[6, 'a b c d e f', 1, 0]]);
  });

  it('finds runs that overlap each other', () => {
    expect(overlaps('a b c d e', 3, ['a b c d', 'c d e'])).toEqual([
      [4, 'a b c d', 0, 0],
      [3, 'c d e', 1, 0],
    ]);
  });

  it('does not take quadratic time for boilerplate', () => {
    const line = 'no murmurs rubs or gallops ';
    const finder = overlapFinder([line.repeat(4000)], 5);
    expect(finder.find('no murmurs, rubs or gallops.')[0]?.words).toBe(5);
    // 64 places of 5 words: the first is 64 lines before the end.
    expect(finder.find(line.repeat(200))[0]?.words).toBe(320);
  });

  it.each([
    ['Chinese', 20, '患者因急性心肌梗死入院，给予阿司匹林和阿托伐他汀治疗，症状好转后出院，门诊随访。'],
    ['Japanese', 20, '患者は急性心筋梗塞のため入院し、アスピリンの投与を受け、症状が改善した後に退院した。'],
    ['Thai', 39, 'ผู้ป่วยได้รับการวินิจฉัยว่าเป็นโรคเบาหวานและความดันโลหิตสูงได้รับยาเมตฟอร์มินวันละสองครั้ง'],
    ['Burmese', 39, 'လူနာသည်ဆီးချိုရောဂါနှင့်သွေးတိုးရောဂါခံစားနေရပြီးမက်ဖော်မင်ဆေးကိုတစ်နေ့နှစ်ကြိမ်သောက်သုံးနေသည်ဟုဆိုသည်'],
  ])('requires as many characters of %s as 13 words usually have: %i', (_, least, note) => {
    const letters = [...note.matchAll(/\p{L}/gu)];
    const first = (count: number): string => note.slice(0, letters[count]?.index);
    const blanks = first(least).replaceAll(/(?=\p{L})/gu, ' ');
    expect(overlaps(first(least), 13, [note])).toMatchObject([[13, expect.any(String), 0, 0]]);
    expect(overlaps(`然后 ${blanks}!`, 13, [`x ${note}`])).toHaveLength(1);
    expect(overlaps(first(least - 1), 13, [note])).toEqual([]);
    expect(overlaps(note.slice(2), 13, [note.slice(0, 10), note])).toHaveLength(1);
  });

  it('counts words and characters of one run together', () => {
    const note = '给予 aspirin 100 mg 每日一次, clopidogrel 75 mg 每日一次';
    // Six words, and ten characters that count as six more.
    expect(overlaps(`再${note}。`, 12, [note])).toEqual([[12, note, 0, 0]]);
    expect(overlaps(`再${note}。`, 13, [note])).toEqual([]);
  });

  it('finds nothing without a text or without references', () => {
    expect(overlaps('', 1)).toEqual([]);
    expect(overlaps('a b c', 1, [])).toEqual([]);
    expect(overlaps('fever', 1)).toHaveLength(1);
  });
});
