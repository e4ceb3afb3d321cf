import { describe, expect, test } from 'vitest';
import { styleKeyOf } from '../../../src/annotation/styleKey.ts';

const types = [{ name: 'Disease' }, { name: 'Chemical' }, { name: 'Procedure', color: '#12ab34' }];

describe('styleKeyOf', () => {
  test('gives the types of the project the slots in their order', () => {
    expect(styleKeyOf('Disease', types, new Map())).toBe('slot1');
    expect(styleKeyOf('Chemical', types, new Map())).toBe('slot2');
  });

  test('gives a type the colour that the project names', () => {
    expect(styleKeyOf('Procedure', types, new Map())).toBe('#12ab34');
  });

  test('gives types that the project does not know slots of their own, and keeps to them', () => {
    const others = new Map<string, number>();
    const names = ['Anatomy', 'Dose', 'Route', 'Device', 'Test'];
    const keys = names.map((name) => styleKeyOf(name, types, others));
    expect(new Set(keys).size).toBe(5);
    for (const key of keys) expect(key).toMatch(/^slot[4-8]$/);
    expect(names.map((name) => styleKeyOf(name, types, others))).toEqual(keys);
    expect(styleKeyOf('Sixth', types, others)).toMatch(/^slot[4-8]$/);
  });

  test('moves such a type when the project takes its slot', () => {
    const others = new Map([['Anatomy', 4]]);
    const more = [...types, { name: 'Gene' }];
    expect(styleKeyOf('Anatomy', more, others)).toMatch(/^slot[5-8]$/);
  });

  test('begins again after the eighth type', () => {
    const many = Array.from({ length: 12 }, (_, i) => ({ name: `Type${i}` }));
    expect(styleKeyOf('Type8', many, new Map())).toBe('slot1');
    expect(styleKeyOf('Other', many, new Map())).toMatch(/^slot[1-8]$/);
  });
});
