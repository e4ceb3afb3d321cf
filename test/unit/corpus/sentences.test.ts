import { describe, expect, test } from 'vitest';
import { splitSentences } from '../../../src/corpus/sentences.ts';
import { splitWords } from '../../../src/corpus/words.ts';

function sentences(text: string): string[] {
  return splitSentences(text).map(({ start, end }) => text.slice(start, end));
}

function words(text: string): string[] {
  return splitWords(text).map(({ start, end }) => text.slice(start, end));
}

describe('sentences of a clinical text', () => {
  test.each<[string, string[]]>([
    ['Seen by Dr. Jones. He agrees.', ['Seen by Dr. Jones.', 'He agrees.']],
    ['Given 5 mg. of morphine.', ['Given 5 mg. of morphine.']],
    ['Given 5 mg. The pain went.', ['Given 5 mg.', 'The pain went.']],
    ['Took NSAIDs, e.g. Aleve vs. Advil.', ['Took NSAIDs, e.g. Aleve vs. Advil.']],
    ['Creatinine was 3.5 mg/dL.', ['Creatinine was 3.5 mg/dL.']],
    ['Hepatitis B. He denied pain.', ['Hepatitis B.', 'He denied pain.']],
    ['Growth of E. Coli was seen.', ['Growth of E. Coli was seen.']],
    ['See Fig. 2. It shows a mass.', ['See Fig. 2.', 'It shows a mass.']],
    ['Smith et al. Reported it.', ['Smith et al. Reported it.']],
    ['Better? Yes! Home.', ['Better?', 'Yes!', 'Home.']],
    ['He said "no." She left.', ['He said "no."', 'She left.']],
    ['Wait... Then it passed.', ['Wait...', 'Then it passed.']],
    ['患者发热。无咳嗽！「好转。」出院。', ['患者发热。', '无咳嗽！', '「好转。」', '出院。']],
    ['発熱あり？！ 経過良好', ['発熱あり？！', '経過良好']],
    ['Discharged 5 mg PO. MEDICATIONS: none', ['Discharged 5 mg PO.', 'MEDICATIONS: none']],
  ])('%j', (text, expected) => {
    expect(sentences(text)).toEqual(expected);
  });

  test('end with the line if it is a header, a list item or short', () => {
    const text = 'HISTORY:\nNo fever\nNo cough\n\nPLAN:\n1. Start aspirin. Recheck.\n2. Go home\n- rest\n';
    expect(sentences(text)).toEqual([
      'HISTORY:',
      'No fever',
      'No cough',
      'PLAN:',
      '1. Start aspirin.',
      'Recheck.',
      '2. Go home',
      '- rest',
    ]);
  });

  test.each(['\n', '\r\n'])('continue after a line that was wrapped with %j', (lineEnd) => {
    const text = `The patient was transferred in stable condition to the${lineEnd}Medical service and was followed daily, without any${lineEnd}further complaint.`;
    expect(sentences(text)).toHaveLength(1);
  });

  test('are missing in an empty or blank text', () => {
    expect(sentences('')).toEqual([]);
    expect(sentences(' \n\r\n\t')).toEqual([]);
  });

  test.each([
    '. '.repeat(200_000),
    ' '.repeat(400_000),
    '.'.repeat(400_000),
    'a)'.repeat(200_000),
    'a\n'.repeat(200_000),
  ])('are found in linear time (case %#)', (text) => {
    const started = performance.now();
    splitSentences(text);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe('words', () => {
  test.each([
    ['34-year-old', '34 - year - old'],
    ['and/or', 'and / or'],
    ['3.5 1,000 1.2.3', '3.5 1,000 1.2.3'],
    ['10mg.', '10mg .'],
    ['(CD4+)', '( CD4 + )'],
    ["patient's", "patient ' s"],
    ['cafe\u0301', 'cafe\u0301'],
    ['\u{1F469}\u200d\u{1F4BB}\u{1F44D}\u{1F3FD}ok', '\u{1F469}\u200d\u{1F4BB} \u{1F44D}\u{1F3FD} ok'],
    ['患者BMI 27.5，高血圧。', '患 者 BMI 27.5 ， 高 血 圧 。'],
    ['\u0e1b\u0e49\u0e32HIV', '\u0e1b\u0e49 \u0e32 HIV'],
    ['\u03B2-blocker\u00a0x', '\u03B2 - blocker x'],
  ])('of %j are %j', (text, expected) => {
    expect(words(text).join(' ')).toBe(expected);
  });

  test('of part of a text have offsets in the whole text', () => {
    expect(splitWords('no gout', { start: 3, end: 7 })).toEqual([{ start: 3, end: 7 }]);
  });
});
