import { describe, expect, it } from 'vitest';
import { formatInlineTags } from '../../../src/corpus/tagged/inlineTags.ts';
import { readTaggedItem } from '../../../src/corpus/tagged/readTaggedItem.ts';
import { parseReply } from '../../../src/llm/reply/parseReply.ts';
import type { ListedName } from '../../../src/llm/reply/namesInReply.ts';

const labels = ['Disease', 'Chemical'];

/** The item with plain tags around its mentions, or the reason why it was rejected. */
function read(text: string, names?: readonly (readonly [string, string])[]): string {
  const listed: readonly ListedName[] | undefined = names?.map(([surface, label]) => ({ surface, label }));
  const result = readTaggedItem({ text, ...(listed === undefined ? {} : { names: listed }) }, labels);
  return result.ok ? formatInlineTags(result) : result.problem;
}

describe('readItem', () => {
  it.each([
    ['another case', '<disease>gout</DISEASE>'],
    ['attributes', '<Disease id="1" certain>gout</Disease>'],
    ['blanks in the tags', '< Disease >gout</ Disease >'],
    ['Markdown around the tags', '**<Disease>gout</Disease>**'],
    ['Markdown in the tags', '<Disease>**gout**</Disease>'],
    ['an underscore on either side', '_<Disease>gout</Disease>_'],
    ['tags as character references', '&lt;Disease&gt;gout&lt;/Disease&gt;'],
    ['square brackets', '[Disease]gout[/Disease]'],
    ['the label as an attribute', '<entity type="Disease">gout</entity>'],
    ['formatting', '<b><Disease>gout</Disease></b><br/>'],
  ])('reads tags with %s', (_, tagged) => {
    expect(read(`Has ${tagged} again.`).replace('\n', '')).toBe('Has <Disease>gout</Disease> again.');
  });

  it('reads character references outside tags', () => {
    expect(read('At 38&#176;C &amp; p &#60; 0.05, 5&nbsp;mg &mu;')).toBe('At 38°C & p < 0.05, 5 mg &mu;');
  });

  it('keeps placeholders, signs and single asterisks', () => {
    const text = '[NAME] at [DATE], [PHONE]: p<0.05, HLA-B*27:05 and A*02, snake_case_name';
    expect(read(text)).toBe(text);
  });

  it.each([
    'Value a<b and c>d in <Disease>gout</Disease>.',
    'Where x < y and y > z, <Disease>gout</Disease> is rare.',
    'INR <2.0 and platelets <150, p<0.05',
  ])('reads signs between words as signs: %s', (text) => {
    const plain = read(text);
    expect(plain.replaceAll('&lt;', '<')).toBe(text);
  });

  it('does not take quadratic time for signs', () => {
    for (const part of ['a<b c>d ', 'a<b>c ', 'x < y z > a ', '<b a=a ', '<b  ']) {
      expect(read(part.repeat(50_000))).not.toBe('');
    }
  });

  it('removes formatting, also with attributes', () => {
    expect(read('CO<sub>2</sub> and <i class="x" id=y>E. coli</i><br/><em >now</em>')).toBe(
      'CO2 and E. coli\nnow',
    );
  });

  it.each([
    ['a sign that may be a tag', 'if a<b>c then', 'unknown-label'],
    ['a placeholder in angle brackets', 'given <drug name here> for gout', 'unknown-label'],
    ['nested tags', '<Disease>renal <Disease>failure</Disease></Disease>', 'malformed'],
    ['crossing tags', '<Disease>lithium <Chemical>toxicity</Disease></Chemical>', 'malformed'],
    ['a tag that is not closed', 'has <Disease>gout', 'malformed'],
    ['a label outside the schema', 'has <Drug>aspirin</Drug>', 'unknown-label'],
    ['markup that stays', 'has &lt;Drug&gt;aspirin', 'malformed'],
    ['JSON that stays', 'A.", "text": "B', 'malformed'],
  ])('rejects %s', (_, text, problem) => {
    expect(read(text)).toBe(problem);
  });

  it('tags listed names', () => {
    expect(
      read('Aspirin for gout.', [
        ['aspirin', 'chemical'],
        ['gout', 'Disease'],
      ]),
    ).toBe('<Chemical>Aspirin</Chemical> for <Disease>gout</Disease>.');
  });

  it('takes no notice of blanks around listed names and their labels', () => {
    expect(read('Aspirin for gout.', [[' gout ', ' disease\n']])).toBe(
      'Aspirin for <Disease>gout</Disease>.',
    );
  });

  it.each([
    ['a label that is none', 'unknown-label', [['gout', 'Drug']]],
    ['a name that is not there', 'mention-absent', [['asthma', 'Disease']]],
    ['a name that is part of a word only', 'mention-absent', [['out', 'Disease']]],
    [
      'one name with two labels',
      'ambiguous-mention',
      [
        ['gout', 'Disease'],
        ['gout', 'Chemical'],
      ],
    ],
  ] as const)('refuses %s in a list', (_, problem, names) => {
    expect(read('Has gout.', names)).toBe(problem);
  });

  it.each([
    ['&#x3B1; and &#X3b2;', '\u03B1 and \u03B2'],
    ['&#x1F600; here', '\u{1F600} here'],
    ['&#xG1; and &#7; stay', '&#xG1; and &#7; stay'],
    ['&Alpha; &le; &unknown;', '\u03B1 \u2264 &unknown;'],
    ['from &#31; to &#32;and', 'from &#31; to  and'],
    ['1 &#60; 2 &#x3e; 1', '1 < 2 > 1'],
    // What would be taken for a tag, or for another reference, if it were read once more.
    ['the &#60;Disease&#62;gout&#60;/Disease&#62; of it', 'malformed'],
    ['the code &#38;lt; of it', 'the code &amp;lt; of it'],
  ])('reads hexadecimal and named references: %s', (written, meant) => {
    expect(read(written)).toBe(meant);
  });

  it.each([
    '<entity type=Disease>gout</entity>',
    "<span class='Disease'>gout</span>",
    '<mark data-label="Disease" >gout</mark >',
    '<ner label="disease">gout</ner>',
  ])('reads a general tag that names the label: %s', (tagged) => {
    expect(read(`Has ${tagged} now.`)).toBe('Has <Disease>gout</Disease> now.');
  });

  it('reads a name from a field whose key is a label or an end of a relation', () => {
    const [item] = parseReply('[{"text": "Gout after aspirin.", "disease": "gout", "style": "note"}]');
    const result = item === undefined ? undefined : readTaggedItem(item, labels);
    expect(result?.ok === true && formatInlineTags(result)).toBe('<Disease>Gout</Disease> after aspirin.');
    const [pair] = parseReply(
      '[{"text": "CFTR causes CF.", "head": "CFTR", "tail": "CF", "relation": "none"}]',
    );
    const ends = pair === undefined ? undefined : readTaggedItem(pair, ['Gene', 'Disease']);
    expect(ends?.ok === true && formatInlineTags(ends)).toBe(
      '<Gene>CFTR</Gene> causes <Disease>CF</Disease>.',
    );
  });

  it('finds a listed name that was copied with different spaces and dashes', () => {
    expect(read('an all\u2010cause renal\nfailure', [['all-cause renal failure', 'Disease']])).toBe(
      'an <Disease>all\u2010cause renal\nfailure</Disease>',
    );
  });

  it('tags the longer of two nested listed names, and fails if their labels differ', () => {
    expect(
      read('breast cancer', [
        ['cancer', 'Disease'],
        ['breast cancer', 'Disease'],
      ]),
    ).toBe('<Disease>breast cancer</Disease>');
    expect(
      read('lithium toxicity', [
        ['lithium', 'Chemical'],
        ['lithium toxicity', 'Disease'],
      ]),
    ).toBe('mention-absent');
  });

  it.each([
    ['is not in the text', [['asthma', 'Disease']], 'mention-absent'],
    ['is only a part of a word', [['sulin', 'Chemical']], 'mention-absent'],
    ['has a label outside the schema', [['insulin', 'Drug']], 'unknown-label'],
    [
      'has two labels',
      [
        ['insulin', 'Chemical'],
        ['insulin', 'Disease'],
      ],
      'ambiguous-mention',
    ],
  ] as const)('fails if a listed name %s', (_, names, problem) => {
    expect(read('On insulin now.', names)).toBe(problem);
  });
});
