import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInlineTags, type Mention, type TaggedText } from '../../../src/corpus/tagged/inlineTags.ts';
import { tagOtherOccurrences } from '../../../src/corpus/tagged/otherOccurrences.ts';
import { readTaggedItem } from '../../../src/corpus/tagged/readTaggedItem.ts';
import { parseReply } from '../../../src/llm/reply/parseReply.ts';

const labels = ['Disease', 'Chemical'];

/** Words of prose with characters that are hard for JSON and markup; none is a mention. */
const filler = fc.constantFrom(
  'the',
  'patient’s',
  "patient's",
  'Übelkeit',
  '𝛼-blocker',
  'p<0.05',
  '5&6',
  '"quoted"',
  '(see',
  'note)',
  '12"',
  'so:',
  'a,',
  'b;',
  '[NAME]',
  '{x}',
  '38°C',
  'A\\B',
  'and',
  'then.',
  'İ',
);
const name = fc.constantFrom(
  'gout',
  'Crohn’s disease',
  '5-FU',
  'acute renal failure',
  'lithium',
  'β-blockers',
  'N,N-dimethyl "X"',
);
const piece = fc.oneof(
  { weight: 3, arbitrary: filler.map((text) => ({ text, label: '' })) },
  fc.record({ text: name, label: fc.constantFrom(...labels) }),
);

/** A random text and its mentions; each name has one label. */
const anyDocument: fc.Arbitrary<TaggedText> = fc
  .array(piece, { minLength: 1, maxLength: 12 })
  .map((pieces) => {
    const labelOf = new Map<string, string>();
    const mentions: Mention[] = [];
    let text = '';
    for (const { text: word, label } of pieces) {
      if (text !== '') text += ' ';
      if (label !== '') {
        if (!labelOf.has(word)) labelOf.set(word, label);
        mentions.push({
          start: text.length,
          end: text.length + word.length,
          label: labelOf.get(word) ?? label,
        });
      }
      text += word;
    }
    return { text, mentions };
  });

const documents = fc.array(anyDocument, { minLength: 1, maxLength: 4 });

/** Tags every mention with `tag`. */
function withTags({ text, mentions }: TaggedText, tag: (inside: string, label: string) => string): string {
  const escape = (part: string): string => formatInlineTags({ text: part, mentions: [] });
  let result = '';
  let position = 0;
  for (const { start, end, label } of mentions) {
    result += escape(text.slice(position, start)) + tag(escape(text.slice(start, end)), label);
    position = end;
  }
  return result + escape(text.slice(position));
}

const tagged = (document: TaggedText): { text: string } => ({ text: formatInlineTags(document) });
const inTags =
  (tag: (inside: string, label: string) => string) =>
  (all: readonly TaggedText[]): string =>
    JSON.stringify({ texts: all.map((one) => ({ text: withTags(one, tag) })) });

/** The list for an untagged text, with wrong positions. */
function listed({ text, mentions }: TaggedText): object {
  return {
    text,
    entities: mentions.map(({ start, end, label }) => ({
      text: text.slice(start, end),
      label: label.toUpperCase(),
      start: end,
      end: end + 3,
    })),
  };
}

function unescaped(all: readonly TaggedText[], quote: readonly [string, string]): string {
  const items = all.map((one) => `{"text": ${quote[0]}${formatInlineTags(one)}${quote[1]}}`);
  return `{"texts": [${items.join(',\n')}]}`;
}

type Shape = (all: readonly TaggedText[]) => string;

/** Shapes that must be read completely. */
const sound: Readonly<Record<string, Shape>> = {
  'as asked': (all) => JSON.stringify({ texts: all.map(tagged) }),
  'a list of strings in a fence': (all) =>
    `Sure!\n\`\`\`json\n${JSON.stringify(all.map(formatInlineTags), null, 2)}\n\`\`\`\nDone.`,
  'JSON lines in prose': (all) =>
    `Here:\n${all.map((one) => JSON.stringify(tagged(one))).join('\n')}\nBye "x".`,
  'trailing commas': (all) => `{"texts": [${all.map((one) => `${JSON.stringify(tagged(one))},`).join('')}],}`,
  'labels in another case': inTags(
    (inside, label) => `<${label.toUpperCase()}>${inside}</${label.toLowerCase()}>`,
  ),
  attributes: inTags((inside, label) => `<${label} id="T1" start='3'>${inside}</${label}>`),
  bold: inTags((inside, label) => `**<${label}>${inside}</${label}>**`),
  'bold inside': inTags((inside, label) => `<${label}>**${inside}**</${label}>`),
  'blanks in tags': inTags((inside, label) =>
    `<${label}> ${inside} </ ${label} >`.replace(/> | </g, (m) => m.trim()),
  ),
};

/** Shapes that leave some texts in doubt: these may be missing or rejected, but never wrong. */
const doubtful: Readonly<Record<string, Shape>> = {
  'unescaped strings': (all) => unescaped(all, ['"', '"']),
  'typographic quotes': (all) => unescaped(all, ['\u201C', '\u201D']),
  'single quotes': (all) => unescaped(all, ["'", "'"]),
  'strings without escapes in a list': (all) =>
    `[${all.map((one) => `"${formatInlineTags(one)}"`).join(', ')}]`,
  'names beside the text': (all) => JSON.stringify({ texts: all.map(listed) }),
  'crossing tags': inTags((inside, label) => `<${label}><Disease>${inside}</${label}></Disease>`),
  'unclosed tags': inTags((inside, label) => `<${label}>${inside}`),
  'another label': inTags((inside) => `<Drug>${inside}</Drug>`),
  'square brackets': inTags((inside, label) => `[${label}]${inside}[/${label}]`),
};

function labelled(document: TaggedText): string | undefined {
  const result = tagOtherOccurrences(document);
  return result.ok ? JSON.stringify([result.text, result.mentions]) : undefined;
}

/** What is read of each text: the text itself, or nothing. */
function readBack(reply: string): readonly string[] {
  return parseReply(reply).flatMap((item) => {
    const result = readTaggedItem(item, labels);
    const read = result.ok ? labelled(result) : undefined;
    return read === undefined ? [] : [read];
  });
}

describe('a reply', () => {
  it.each(Object.entries(sound))('comes back as the same texts and mentions: %s', (_, shape) => {
    fc.assert(
      fc.property(documents, (all) => {
        expect(readBack(shape(all))).toEqual(all.map(labelled));
      }),
      { numRuns: 200 },
    );
  });

  it.each([...Object.entries(sound), ...Object.entries(doubtful)])(
    'comes back as the same texts and mentions or not at all: %s',
    (_, shape) => {
      fc.assert(
        fc.property(documents, fc.double({ min: 0.3, max: 1, noNaN: true }), (all, share) => {
          const reply = shape(all);
          const known = new Set(all.map(labelled));
          for (const read of readBack(reply.slice(0, Math.ceil(reply.length * share)))) {
            expect(known).toContain(read);
          }
        }),
        { numRuns: 400 },
      );
    },
  );
});
