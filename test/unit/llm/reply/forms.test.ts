import { describe, expect, it } from 'vitest';
import { parseReply } from '../../../../src/llm/reply/parseReply.ts';

const one = 'He has <Disease>gout</Disease> again.';
const two = 'No new complaints, see https://host/a // b.';
const three = 'On <Chemical>aspirin</Chemical> now.';

const read = (reply: string): readonly string[] => parseReply(reply).map(({ text }) => text);

describe('texts of a reply in another form', () => {
  it.each([
    [
      'comments in JSON',
      `{"texts": [ // three\n{"text": "${one}"}, /* and */ {"text": "${two}"} # more\n, {"text": "${three}"}]}`,
    ],
    [
      'a comment before the first key',
      `{// the texts\n"texts": ["${one}", // a\n"${two}", /* b */ "${three}"]}`,
    ],
    [
      'the list as a string',
      JSON.stringify({ texts: JSON.stringify([{ text: one }, { text: two }, { text: three }]) }),
    ],
    [
      'each entry as a string',
      JSON.stringify({ texts: [one, two, three].map((text) => JSON.stringify({ text })) }),
    ],
    ['the whole as a string, twice', JSON.stringify(JSON.stringify({ texts: [one, two, three] }))],
    [
      'the arguments of a call',
      JSON.stringify({ name: 'texts', arguments: JSON.stringify({ texts: [one, two, three] }) }),
    ],
    ['numbers as keys', JSON.stringify({ texts: { 1: one, 2: two, 3: three } })],
    ['numbered keys', JSON.stringify({ text1: one, 'text 2': two, text_3: { text: three } })],
    [
      'a list of objects with numbered keys',
      JSON.stringify([{ text1: one }, { text2: two }, { text3: three }]),
    ],
    ['styles as keys', JSON.stringify({ texts: { 'clinic letter': one, 'ED visit': two, other: three } })],
    [
      'values with their type',
      JSON.stringify({ texts: [one, two, three].map((value) => ({ text: { type: 'string', value } })) }),
    ],
    [
      'values in a list of one',
      JSON.stringify({ texts: [one, two, three].map((text) => ({ text: [text] })) }),
    ],
    [
      'the form of a schema',
      JSON.stringify({ type: 'object', properties: { texts: { type: 'array', items: [one, two, three] } } }),
    ],
    ['a table', `| # | Text |\n|---|:---|\n| 1 | ${one} |\n| 2 | ${two} |\n| 3 | ${three} |\n\nDone.`],
    ['a table without outer bars', `No | Sentence\n---|---\n1 | ${one}\n2 | ${two}\n3 | ${three}`],
    [
      'a table whose heading does not name the text',
      `| A | B |\n|---|---|\n| x | ${one} |\n| y | ${two} |\n| z | ${three} |`,
    ],
    ['headings', `**Text 1:**\n${one}\n\n**Text 2:**\n${two}\n\n**Text 3:**\n${three}`],
    [
      'headings of Markdown',
      `### Text 1\n\n${one}\n\n### Text 2 (letter)\n\n${two}\n\n### Text 3\n\n${three}`,
    ],
    ['names before the texts', `Text 1: ${one}\nText 2: ${two}\nText 3: ${three}`],
    ['numbers alone in a line', `1.\n${one}\n\n2.\n${two}\n\n3.\n${three}`],
    ['bold numbers', `**1.** ${one}\n**2.** ${two}\n**3.** ${three}`],
    ['numbers in brackets', `[1] ${one}\n[2] ${two}\n[3] ${three}`],
    ...['+', '-', '*', '\u2022', '\u25E6', '\u2013'].map((bullet) => [
      `the bullet ${bullet}`,
      [one, two, three].map((text) => `${bullet} ${text}`).join('\n'),
    ]),
    ['elements', `<texts>\n<text>${one}</text>\n<text>${two}</text>\n<text>${three}</text>\n</texts>`],
    [
      'elements with attributes and CDATA',
      `<item id="1">${one}</item><item id='2'><![CDATA[${two}]]></item><item>${three}</item>`,
    ],
    ['a list of HTML', `<ul><li>${one}</li><li>${two}</li><li>${three}</li></ul>`],
  ])('are read: %s', (_, reply) => {
    expect(read(reply ?? '')).toEqual([one, two, three]);
  });

  it('keep their relation and number', () => {
    expect(parseReply(`| No | Text | Relation |\n|--|--|--|\n| 7 | ${one} | none |`)).toMatchObject([
      { text: one, number: 7, related: false },
    ]);
    expect(parseReply(`<text id="2" relation="causes">${one}</text>`)).toMatchObject([
      { text: one, number: 2, related: true },
    ]);
    expect(parseReply(`<item><text>${one}</text><relation>none</relation></item>`)).toMatchObject([
      { text: one, related: false },
    ]);
  });

  it.each([
    ['a row with another number of cells', `| No | Text |\n|--|--|\n| 1 | a | b <x>c</x> |`],
    ['an element that is not closed', `<text>${one}</text><text>He has`],
    ['a second paragraph under a heading', `**Text 1:**\n${one}\n\nMore of it.\n\n**Text 2:**\n${two}`],
  ])('have a problem where only a part may be there: %s', (_, reply) => {
    expect(parseReply(reply).some(({ problem }) => problem !== undefined)).toBe(true);
  });

  it('keep numbers and bullets that belong to them', () => {
    const own = ['3. metacarpal fracture on the left.', '12. nerve palsy <x>now</x>.'];
    expect(read(JSON.stringify(own))).toEqual(own);
    const cases = ['Patient 1: well.', 'Patient 2: unwell.'];
    expect(read(JSON.stringify(cases))).toEqual(cases);
  });

  it('reads keys that are names of built-in members', () => {
    const reply = '{"__proto__": {"text": "no"}, "constructor": "x", "texts": [{"text": "A b.", }]}';
    expect(read(reply)).toEqual(['no']);
    expect(read('[constructor, {"text": "A b."}]')).toEqual(['A b.']);
  });
});
