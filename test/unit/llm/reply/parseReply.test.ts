import { describe, expect, it } from 'vitest';
import { parseReply } from '../../../../src/llm/reply/parseReply.ts';

const two = [{ text: 'One <b>.' }, { text: 'Two.' }];

function related(relation: unknown): boolean | undefined {
  return parseReply(JSON.stringify([{ text: 'A', relation }]))[0]?.related;
}

describe('parseReply', () => {
  it.each([
    ['the requested JSON', '{"texts": [{"text": "One <b>."}, {"text": "Two."}]}'],
    ['a bare array', '[{"text": "One <b>."}, {"text": "Two."}]'],
    ['strings instead of objects', '{"texts": ["One <b>.", " Two. "]}'],
    ['another key around and inside', '{"sentences": [{"sentence": "One <b>."}, {"sentence": "Two."}]}'],
    ['a code fence with prose around it', 'Sure!\n```json\n["One <b>.", "Two."]\n```\nHope it helps.'],
    ['a code fence that is not closed', '```json\n{"texts": [{"text": "One <b>."}, {"text": "Two."}]}'],
    ['prose around bare JSON', 'Here it is: [{"text": "One <b>."}, {"text": "Two."}] "Done".'],
    ['JSON lines', '{"text": "One <b>."}\n{"text": "Two."}\n'],
    ['trailing commas', '{"texts": [{"text": "One <b>.",}, {"text": "Two."},],}'],
    ['a missing comma', '{"texts": [{"text": "One <b>."} {"text": "Two."}]}'],
    ['keys without quotes', '{texts: [{text: "One <b>."}, {text: "Two."}]}'],
    ['single quotes', "{'texts': [{'text': 'One <b>.'}, {'text': 'Two.'}]}"],
    [
      'typographic quotes',
      '{\u201Ctexts\u201D: [{\u201Ctext\u201D: \u201COne <b>.\u201D}, {"text": "Two."}]}',
    ],
    [
      'a plain text next to the tagged one',
      '[{"text": "One.", "tagged_text": "One <b>."}, {"text": "Two."}]',
    ],
    ['JSON in a string', JSON.stringify('{"texts": [{"text": "One <b>."}, {"text": "Two."}]}')],
    ['reasoning before the JSON', '<think>["No."] or so</think>\n["One <b>.", "Two."]'],
    [
      'thoughts whose opening tag the template wrote',
      'I write ["No."] or so\n</think>\n["One <b>.", "Two."]',
    ],
    ['reasoning in square brackets', '[THINK]["No."][/THINK]["One <b>.", "Two."]'],
    ['a list in YAML', 'texts:\n  - text: "One <b>."\n  - text: Two.\n'],
    [
      'YAML in a fence',
      "```yaml\n- text: 'One <b>.'\n  relation: none\n- text: Two.\n  relation: x\n```\nDone.",
    ],
    ['a list of strings in YAML', 'texts:\n  - "One <b>."\n  - \'Two.\''],
    ['continued lines', '1. One\n   <b>.\n2. Two.'],
    ['placeholders in the prose', 'For [NAME] {see below}: ["One <b>.", "Two."]'],
    ['a numbered list of tagged lines', 'Here:\n1. One <b>.\n2) Two.\nBye.'],
    ['empty items among the others', '[{"text": "One <b>."}, {"text": ""}, {"text": "Two."}, 3, null]'],
  ])('reads %s', (_, reply) => {
    expect(parseReply(reply)).toMatchObject(two);
  });

  it.each([
    ['reasoning that never ends', '<think>I write {"texts": [{"text": "No <b>."}]} or'],
    ['reasoning alone', 'I write ["No <b>."]</think>'],
  ])('finds no text in %s', (_, reply) => {
    expect(parseReply(reply)).toEqual([]);
  });

  it('terminates on unclosed reasoning and endless lists', () => {
    expect(parseReply('<think>'.repeat(50_000))).toEqual([]);
    const [item] = parseReply(`- text: '<b>${"a''".repeat(500_000)}'`);
    expect(item?.text).toHaveLength(1_000_003);
    for (const line of ['a.\n', '  a\n', '- a\n', '- "a\n', '- x: \n', '  - text: a\n']) {
      expect(parseReply(`- text <b>\n${line.repeat(50_000)}`).length).toBeGreaterThan(0);
    }
  });

  it('reads the other members of an entry in YAML', () => {
    const reply = '- text: "A \\"b\\" c."\n  relation: none\n- text: It\'s d: e.\n  relation: association';
    expect(parseReply(reply)).toMatchObject([
      { text: 'A "b" c.', related: false },
      { text: "It's d: e.", related: true },
    ]);
  });

  it.each([
    ['a block of YAML', '- text: |\n    One <b>\n    more.\n- text: Two.'],
    ['a value of YAML in several lines', '- text: One <b>\n    more.\n- text: Two.'],
    ['a value of YAML whose quotes are broken', '- text: "One" <b>."\n- text: Two.'],
    ['a list in an entry of YAML', '- text: One <b>.\n  names:\n    - text: One\n- text: Two.'],
    ['a list under an item', '1. One <b>.\n   - One: two\n2. Two.'],
    ['another paragraph under an item', '1. One <b>.\n\n   More.\n2. Two.'],
    ['an item that a line continues', '1. One <b> and\nmore.\n2. Two.'],
  ])('never reads half of a text: %s', (_, reply) => {
    expect(parseReply(reply)).toMatchObject([{ problem: expect.any(String) as string }, { text: 'Two.' }]);
    expect(parseReply(reply)[1]?.problem).toBeUndefined();
  });

  it('treats the last line of a list as cut off if the reply is', () => {
    for (const reply of ['1. One <b>.\n2. Two and', '- text: One <b>.\n- text: Two and']) {
      expect(parseReply(reply, { isCutOff: true })).toMatchObject([
        { text: 'One <b>.' },
        { problem: expect.stringContaining('cut off') as string },
      ]);
      expect(parseReply(reply)[1]?.problem).toBeUndefined();
    }
  });

  it('reads a bulleted list with colons as a list, not as YAML', () => {
    expect(parseReply('- Note: has <b>gout</b>.\n- Plan: none.')).toMatchObject([
      { text: 'Note: has <b>gout</b>.' },
      { text: 'Plan: none.' },
    ]);
  });

  it('reads the numbers of texts', () => {
    const texts = [
      { number: 2, text: 'Two.' },
      { id: '1', text: 'One.' },
    ];
    expect(parseReply(JSON.stringify({ texts })).map(({ number }) => number)).toEqual([2, 1]);
    expect(parseReply('3. One <b>.\n- Two.').map(({ number }) => number)).toEqual([3, undefined]);
  });

  it('leaves out what is cut off and says so', () => {
    const cut = '{"texts": [{"text": "One <b>."}, {"text": "Two."}, {"text": "Thr';
    expect(parseReply(cut)).toMatchObject([
      ...two,
      { problem: expect.stringContaining('cut off') as string },
    ]);
    expect(parseReply('["One <b>.", "Two.", "Thr')).toHaveLength(3);
  });

  it.each([
    ['quotes', 'He said "stop" and left.'],
    ['quotes and a comma', 'He said "stop", "go" and left.'],
    ['a quote and brackets', 'The set {"a", [b]} was "full".'],
    ['inches', 'A 12" needle; 5\' 10" tall.'],
    ['line ends and tabs', 'BP: low\n\tplan: "none"'],
  ])('reads unescaped %s inside a text, or leaves the text out', (_, text) => {
    const first = parseReply(`{"texts": [{"text": "${text}"}, {"text": "Two."}]}`).find(
      ({ problem }) => problem === undefined,
    );
    expect([text, 'Two.']).toContain(first?.text);
  });

  it('never reads the names of a broken text as a text', () => {
    const names = '"entities": [{"text": "acute renal failure", "label": "Disease"}, {"text": "chronic';
    expect(parseReply(`{"texts": [{"text": "A.", ${names}`)).toEqual([]);
    const reply = `{"texts": [{"text": "One", ${names} "x"}]}, {"text": "A } "b" {", ${names}`;
    expect(parseReply(reply).filter(({ problem }) => problem === undefined)).toEqual([]);
  });

  it.each([
    ['objects', '[{"text": "gout", "label": "Disease", "start": 3, "end": 99}]'],
    ['other keys', '[{"entity": "gout", "type": "Disease"}]'],
    ['pairs', '[["gout", "Disease"]]'],
    ['lists by label', '{"Disease": ["gout"]}'],
    ['labels by name', '{"gout": "Disease"}'],
  ])('reads names listed with a text as %s', (_, list) => {
    expect(parseReply(`[{"text": "Has gout.", "entities": ${list}}]`)).toEqual([
      { text: 'Has gout.', names: [{ surface: 'gout', label: 'Disease' }] },
    ]);
  });

  it('says that positions without names cannot be used', () => {
    const [item] = parseReply('[{"text": "Has gout.", "entities": [[4, 8, "Disease"]]}]');
    expect(item?.problem).toContain('position');
  });

  it('terminates on endless brackets', () => {
    for (const part of ['[', '{"a":', '{"a":[', '["', '[{"text": "a", ']) {
      expect(parseReply(part.repeat(20_000))).toEqual([]);
    }
  });

  it('is not misled by braces and quotes inside a text', () => {
    expect(parseReply('x {"text": "a } \\" { b"} y')).toEqual([{ text: 'a } " { b' }]);
  });

  it('reads the ways in which models say whether a pair is related', () => {
    expect(['association', 1, true, 'yes'].map(related)).toEqual([true, true, true, true]);
    expect(['none', 'None', 0, false, '0', 'no', 'no association', 'negative'].map(related)).not.toContain(
      true,
    );
    expect(related(null)).toBeUndefined();
  });
});
