import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/foundation/random.ts';
import { defaultProject } from '../../../src/project/defaults.ts';
import { parseInlineTags } from '../../../src/corpus/tagged/inlineTags.ts';
import { loadLexicon } from '../../../src/generation/topics/lexicon.ts';
import { requestDecks } from '../../../src/generation/offline/decks.ts';
import { expandTemplate, type Template } from '../../../src/generation/offline/grammar.ts';
import { sentenceSlots, templateTypes } from '../../../src/generation/offline/slots.ts';
import { styleTemplates } from '../../../src/generation/offline/styleTemplates.ts';
import templates from '../../../lexicon/templates.json' with { type: 'json' };

const { closers, openers, related, unrelated } = templates;

const lexicon = await loadLexicon('.');
const labels = ['Disease', 'Chemical', 'Procedure'];
const everyStyle = styleTemplates('a style of its own');

function expansions(template: Template): string[] {
  return Array.from({ length: 12 }, (_, seed) => {
    const random = seededRandom(seed);
    const fill = sentenceSlots({ lexicon, random, labels, decks: requestDecks(lexicon, 1, seed) });
    return expandTemplate(template, random, (name, key) =>
      name === 'head' || name === 'tail' ? name : fill(name, key),
    );
  });
}

describe('the offline templates', () => {
  it('are numerous for every default style', () => {
    expect(everyStyle.tagged.length).toBeGreaterThan(200);
    expect(everyStyle.plain.length).toBeGreaterThan(150);
    for (const { name } of defaultProject.styles) {
      expect(styleTemplates(name).tagged.length).toBeGreaterThan(8);
      expect(styleTemplates(name).plain.length).toBeGreaterThan(8);
      expect(styleTemplates(name)).not.toEqual(everyStyle);
    }
  });

  it('are filled completely and tagged correctly', () => {
    for (const template of [
      ...everyStyle.tagged,
      ...everyStyle.plain,
      ...related,
      ...unrelated,
      ...openers,
      ...closers,
    ]) {
      for (const text of expansions(template)) {
        expect(text, template).not.toMatch(/[{}|]|undefined/);
        expect(parseInlineTags(text, labels), template).toMatchObject({ ok: true });
      }
    }
  });

  it('have mentions exactly where they should', () => {
    for (const template of everyStyle.tagged)
      expect(templateTypes(template).size, template).toBeGreaterThan(0);
    for (const template of [...everyStyle.plain, ...openers, ...closers]) {
      expect(templateTypes(template).size, template).toBe(0);
    }
  });

  it('have each mention of a pair once', () => {
    for (const template of [...related, ...unrelated]) {
      expect(template.match(/\{head\}/g), template).toHaveLength(1);
      expect(template.match(/\{tail\}/g), template).toHaveLength(1);
    }
  });
});

describe('the lexicon', () => {
  it('has at least 1,500 names, without duplicates among the common ones of a group', () => {
    const common = Object.values(lexicon.common).flatMap((groups) => Object.values(groups));
    const names = new Set([...common.flat(), ...Object.values(lexicon.rare).flat()]);
    expect(names.size).toBeGreaterThan(1500);
    for (const group of common) expect(new Set(group).size).toBe(group.length);
    expect(new Set(lexicon.genes).size).toBe(lexicon.genes.length);
    expect(lexicon.genes.length).toBeGreaterThan(200);
  });

  it('has no white space at the ends of names, no markup and no bare class words', () => {
    const names = [
      ...Object.values(lexicon.common).flatMap((groups) => Object.values(groups).flat()),
      ...Object.values(lexicon.rare).flat(),
      ...lexicon.abbreviations.flatMap(({ name, short }) => [name, short]),
    ];
    for (const name of names) expect(name).toMatch(/^[^\s<>{}|[\]](?:[^<>{}|[\]]*[^\s<>{}|[\]])?$/);
    expect(names).not.toContain('disease');
    expect(lexicon.abbreviations.every(({ type }) => labels.includes(type))).toBe(true);
  });
});
