import { describe, expect, it } from 'vitest';
import { nearDuplicateIndex } from '../../../src/corpus/similarity/nearDuplicates.ts';
import { jaccard, sketchOf } from '../../../src/corpus/similarity/shingles.ts';
import { seededRandom, pick } from '../../../src/foundation/random.ts';

const text = 'The patient was started on a low dose and followed for six weeks in the clinic.';

describe('nearDuplicateIndex', () => {
  it('ignores case, white space and punctuation', () => {
    const index = nearDuplicateIndex();
    index.add(text);
    expect(index.find(` ${text.toUpperCase().replaceAll(' ', '  ')}!`)).toBe('duplicate');
    expect(index.find(text.replace('six', 'eight'))).toBeUndefined();
    expect(index.find(text.replace('the clinic', 'clinic'))).toBe('near-duplicate');
  });

  it('finds texts with one word, no words or other scripts', () => {
    const index = nearDuplicateIndex();
    for (const other of ['Gout', '', '患者は痛風です', 'больной']) {
      expect(index.find(other)).toBeUndefined();
      index.add(other);
      expect(index.find(other)).toBe('duplicate');
    }
  });

  it.each([
    [
      '患者因急性心肌梗死入院，给予阿司匹林治疗，症状好转后出院。',
      '患者因急性心肌梗死入院，给予阿司匹林治疗，症状缓解后出院。',
      '患者因慢性肾衰竭入院，给予血液透析治疗，随访三个月后停药。',
    ],
    [
      '患者は急性心筋梗塞のため入院し、アスピリンの投与を受け、症状が改善した後に退院した。',
      '患者は急性心筋梗塞のため入院し、アスピリンの投与を受け、症状が軽快した後に退院した。',
      '患者は慢性腎不全のため外来を受診し、血液透析の説明を受け、来週から治療を開始する。',
    ],
    [
      'ผู้ป่วยได้รับการวินิจฉัยว่าเป็นโรคเบาหวานและความดันโลหิตสูง ได้รับยาเมตฟอร์มินวันละสองครั้ง อาการดีขึ้นแล้วจึงกลับบ้าน',
      'ผู้ป่วยได้รับการวินิจฉัยว่าเป็นโรคเบาหวานและความดันโลหิตสูง ได้รับยาเมตฟอร์มินวันละสามครั้ง อาการดีขึ้นแล้วจึงกลับบ้าน',
      'ผู้ป่วยมาโรงพยาบาลด้วยอาการไอเรื้อรังและมีไข้ต่ำ ตรวจพบวัณโรคปอด ได้รับยาต้านวัณโรคและนัดติดตามอาการเดือนหน้า',
    ],
    [
      'လူနာသည် ဆီးချိုရောဂါနှင့်သွေးတိုးရောဂါခံစားနေရပြီးမက်ဖော်မင်ဆေးကိုတစ်နေ့နှစ်ကြိမ်သောက်သုံးနေသည်',
      'လူနာသည် ဆီးချိုရောဂါနှင့်သွေးတိုးရောဂါခံစားနေရပြီးမက်ဖော်မင်ဆေးကိုတစ်နေ့သုံးကြိမ်သောက်သုံးနေသည်',
      'ကလေးငယ်သည်အဖျားနှင့်ချောင်းဆိုးခြင်းကြောင့်ဆေးခန်းသို့လာရောက်ပြသပြီးပဋိဇီဝဆေးရရှိခဲ့သည်',
    ],
  ])('finds near-duplicates in scripts without spaces between words: %s', (one, near, other) => {
    const index = nearDuplicateIndex();
    index.add(one);
    expect(index.find(near)).toBe('near-duplicate');
    expect(index.find(other)).toBeUndefined();
    expect(index.find(` ${one.replace('。', '！')}`)).toBe('duplicate');
  });

  it('misses at most one in a hundred near-duplicates and reports no other texts', () => {
    const random = seededRandom(3);
    const sentence = (): string[] => Array.from({ length: 20 }, () => `w${Math.floor(random() * 3000)}`);
    const texts = Array.from({ length: 2000 }, sentence);
    const index = nearDuplicateIndex();
    for (const words of texts) index.add(words.join(' '));
    let similar = 0;
    let missed = 0;
    for (let round = 0; round < 2000; round++) {
      const words = [...pick(random, texts)];
      const before = words.join(' ');
      // A word in the middle is part of three shingles, one at the end of one.
      const changes = random() < 0.5 ? [Math.floor(random() * 20)] : [0, 19, 18];
      for (const at of changes) words[at] = 'new';
      const after = words.join(' ');
      const values = sketchOf(after).shingles;
      const set = { values, from: 0, to: values.length };
      const isSimilar = jaccard(sketchOf(before).shingles, set) >= 0.7;
      const found = index.find(after);
      if (isSimilar) similar++;
      if (isSimilar && found === undefined) missed++;
      if (!isSimilar) expect(found).toBeUndefined();
    }
    expect(similar).toBeGreaterThan(500);
    expect(missed / similar).toBeLessThan(0.01);
  });

  it('finds the first and the last of many texts', () => {
    const index = nearDuplicateIndex();
    const numbered = (number: number): string => `a${number} b${number} c${number} d${number} e${number}`;
    for (let number = 0; number < 5000; number++) index.add(numbered(number));
    for (const number of [0, 255, 256, 257, 4096, 4999]) {
      expect(index.find(`${numbered(number)} f`)).toBe('near-duplicate');
    }
    expect(index.find(`${numbered(5000)} f`)).toBeUndefined();
  });
});
