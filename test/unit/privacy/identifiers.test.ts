import { describe, expect, it } from 'vitest';
import { findIdentifiers } from '../../../src/privacy/identifiers.ts';

/** The findings as "kind: text". */
function found(text: string): readonly string[] {
  return findIdentifiers(text).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);
}

describe('findIdentifiers', () => {
  it('gives kinds and places in text order', () => {
    expect(found('Mr. Finch, MRN 5561023, call (312) 555-0147 or fax 312-555-0148.')).toEqual([
      'name: Finch',
      'medical-record: 5561023',
      'phone: (312) 555-0147',
      'fax: 312-555-0148',
    ]);
  });

  it('finds an address as a whole', () => {
    expect(found('Lives at 1120 W. Harrison Street, Apt 4B, Chicago, IL 60607 now.')).toEqual([
      'place: 1120 W. Harrison Street, Apt 4B, Chicago, IL 60607',
    ]);
  });

  it('ignores placeholders', () => {
    expect(found('Dr. [NAME] of [HOSPITAL], [**2021-03-04**], MRN [MRN: 123456].')).toEqual([]);
  });

  it('ignores ages up to 89 and years', () => {
    expect(found('A 89-year-old man, well since 2019; her father is a 90-year-old.')).toEqual([
      'age-over-89: 90-year-old',
    ]);
  });

  it.each<[string, string[]]>([
    ['Dr Okafor\nDr Hollis', ['Okafor', 'Hollis']],
    ['Attending: Okafor\nPCP Hollis', ['Okafor', 'Hollis']],
    ['Dr. Okafor, Dr. Hollis and Dr. Brandt saw her.', ['Okafor', 'Hollis', 'Brandt']],
    ['PCP Hollis MD', ['Hollis']],
    ['Consultant Hollis', ['Hollis']],
    ['Nurse: Abernathy', ['Abernathy']],
    ['Nurse: Monitoring', []],
  ])('finds each person in %j', (text, names) => {
    expect(found(text)).toEqual(names.map((name) => `name: ${name}`));
  });

  it('distinguishes eponyms from people', () => {
    expect(found('Charles Bonnet syndrome was explained to Charles Bonner.')).toEqual([
      'name: Charles Bonner',
    ]);
    expect(found('Martin-Bell syndrome, Scott syndrome, Paul-Bunnell test')).toEqual([]);
  });

  it('checks the digits of payment cards', () => {
    expect(found('card 4111 1111 1111 1111')).toEqual(['account: 4111 1111 1111 1111']);
    expect(found('readings 4111 1111 1111 1112')).toEqual([]);
  });

  it('counts in UTF-16 units', () => {
    expect(found('😀 𝛼: Mrs. Delacroix')).toEqual(['name: Delacroix']);
  });

  it('terminates on long runs of anything', () => {
    const parts = ['A', 'a.', '1-', "A'", 'Aa-', 'Aa, ', 'Dr. ', '1:', '[', 'patient_', 'a@', '12 Aa '];
    for (const part of parts) {
      expect(findIdentifiers(part.repeat(5000)).length).toBeGreaterThanOrEqual(0);
    }
  });
});
