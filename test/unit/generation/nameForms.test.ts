import { describe, expect, it } from 'vitest';
import { nameForms } from '../../../src/generation/judge/nameForms.ts';

describe('the forms of a name', () => {
  it.each([
    ['peripheral neuropathy', 'peripheral neuropathies'],
    ['Metastasis', 'metastases'],
    ['thrombus', 'thrombi'],
    ['ovum donation', 'ovum donation'],
    ['seizures', 'seizure'],
    ['neuropathies', 'neuropathy'],
    ['abscesses', 'abscess'],
    ['diagnoses', 'diagnosis'],
  ])('of "%s" include "%s"', (name, form) => {
    expect(nameForms({ type: 'Disease', name })).toContain(form);
  });

  it.each(['MS', 'rabies virus', 'lupus nephritis of the young', 'gas', 'x-ray'])(
    'of "%s" are no other word',
    (name) => {
      const forms = nameForms({ type: 'Disease', name });
      expect(forms.filter((form) => form === 'm' || form === 'ga')).toEqual([]);
      expect(forms[0]).toBe(name.toLowerCase());
    },
  );
});
