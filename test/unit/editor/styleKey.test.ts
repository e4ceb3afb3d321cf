import { describe, expect, test } from 'vitest';
import { styleKeyOf } from '../../../src/editor/highlights/styleKey.ts';

const types = [{ name: 'Disease' }, { name: 'Chemical' }, { name: 'Procedure', color: '#12ab34' }];

describe('styleKeyOf', () => {
  test('gives the types of the project the slots in their order', () => {
    expect(styleKeyOf('Disease', types)).toBe('slot1');
    expect(styleKeyOf('Chemical', types)).toBe('slot2');
  });

  test('gives a type the colour that the project names', () => {
    expect(styleKeyOf('Procedure', types)).toBe('#12ab34');
  });

  test('gives a type that the project does not know the same free slot every time', () => {
    const key = styleKeyOf('Anatomy', types);
    expect(key).toMatch(/^slot[4-8]$/);
    expect(styleKeyOf('Anatomy', types)).toBe(key);
  });

  test('begins again after the eighth type', () => {
    const many = Array.from({ length: 12 }, (_, i) => ({ name: `Type${i}` }));
    expect(styleKeyOf('Type8', many)).toBe('slot1');
    expect(styleKeyOf('Other', many)).toMatch(/^slot[1-8]$/);
  });
});
