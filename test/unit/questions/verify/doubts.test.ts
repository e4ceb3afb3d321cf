import { describe, expect, it } from 'vitest';
import { createSpan, plainDocument } from '../../../../src/corpus/document.ts';
import { parseInlineTags } from '../../../../src/corpus/tagged/inlineTags.ts';
import { findDoubts } from '../../../../src/questions/verify/findDoubts.ts';

const labels = ['Disease', 'Chemical'];

function texts(...tagged: readonly string[]) {
  return tagged.map((source, index) => {
    const read = parseInlineTags(source, labels);
    if (!read.ok) throw new Error(read.detail);
    return { id: String(index), text: read.text, mentions: read.mentions };
  });
}

/** Ids of the texts in doubt with their reasons, the most doubtful first. */
function reasons(tagged: readonly string[], types = labels): (readonly [string, readonly string[]])[] {
  return findDoubts(texts(...tagged), types).map(({ text, doubts }) => [
    text.id,
    doubts.map(({ reason }) => reason),
  ]);
}

describe('texts of a run are in doubt where', () => {
  it('a name is not tagged that other texts tag, whatever its first capital', () => {
    expect(
      reasons([
        'Known <Disease>gout</Disease>.',
        '<Disease>Gout</Disease> flared.',
        'Treated for gout at home.',
        'No complaints.',
      ]),
    ).toEqual([
      // Only the minority: the two others need not be asked about.
      ['2', ['"gout" is not tagged here, but Disease at 2 other places']],
    ]);
  });

  it('a name has another type than elsewhere', () => {
    const [first] = reasons([
      'Low <Chemical>potassium</Chemical>.',
      'High <Chemical>potassium</Chemical>.',
      'Low <Disease>potassium</Disease>.',
    ]);
    expect(first).toEqual(['2', ['"potassium" is Disease here, but Chemical at 2 other places']]);
  });

  it('a name is tagged in part that others tag whole', () => {
    const [first] = reasons([
      'Has <Disease>severe anemia</Disease>.',
      'Had <Disease>severe anemia</Disease>.',
      'With severe <Disease>anemia</Disease>.',
    ]);
    expect(first).toEqual([
      '2',
      [
        '"severe anemia" is tagged as a whole (Disease) at 2 other places; here the tag (Disease) holds "anemia"',
      ],
    ]);
  });

  it('a word is in the tag that others leave before it', () => {
    const [first] = reasons([
      'With severe <Disease>gout</Disease>.',
      'With severe <Disease>asthma</Disease>.',
      'With severe <Disease>nausea</Disease>.',
      'With <Disease>severe colitis</Disease>.',
    ]);
    expect(first?.[0]).toBe('3');
    expect(first?.[1][0]).toContain(
      '"severe" is inside a Disease tag here, but outside of it at 3 of 4 places',
    );
  });

  it('a model predicts something else, the surest first', () => {
    const given = texts('Known <Disease>gout</Disease> on aspirin.', 'No complaints.');
    const text = given[0]?.text ?? '';
    const span = createSpan(text, {
      id: 'T1',
      start: 14,
      end: 21,
      label: 'Chemical',
      source: 'model',
      score: 0.9,
    });
    const predicted = { ...plainDocument('0', text), spans: [span] };
    expect(
      findDoubts(given, labels, [predicted]).map(({ doubts }) => doubts.map(({ reason }) => reason)),
    ).toEqual([
      [
        'a small model takes "aspirin" for Chemical; it is not tagged',
        'a small model does not find "gout" (Disease)',
      ],
    ]);
    expect(findDoubts(given, ['Disease'], [predicted])[0]?.doubts).toHaveLength(1);
  });
});

describe('texts of a run are in no doubt', () => {
  it('where most other texts tag a name in the same way', () => {
    const found = reasons([
      'Known <Disease>gout</Disease>.',
      'Treated for gout.',
      'Seen for gout.',
      'Asked about gout.',
    ]);
    expect(found.map(([id]) => id)).toEqual(['0']);
  });

  it.each(['It may lead to harm.', 'He began to lead.', 'Falls lead into harm.', 'She did not lead.'])(
    'where a name is used as a verb: %s',
    (text) => {
      const tagged = ['<Chemical>lead</Chemical> in blood', '<Chemical>Lead</Chemical> was high'];
      expect(reasons([...tagged, text])).toEqual([]);
      expect(reasons([...tagged, 'The lead was high.'])).toHaveLength(1);
    },
  );

  it('where a name stands in a longer one that is tagged', () => {
    expect(
      reasons(['<Disease>Cancer</Disease> of the breast.', 'Her <Disease>breast cancer</Disease>.']),
    ).toEqual([]);
  });

  it('where words differ in their inner capitals', () => {
    expect(
      reasons([
        'Given <Chemical>SAMe</Chemical> daily.',
        'All on the same day.',
        'Has <Disease>ALL</Disease>.',
      ]),
    ).toEqual([]);
  });

  it('over a slip of one in a hundred, but for the slip itself', () => {
    const many = Array.from({ length: 20 }, () => 'Known <Disease>gout</Disease>.');
    expect(reasons([...many, 'Known gout.']).map(([id]) => id)).toEqual(['20']);
  });

  it('over types that are not asked about', () => {
    const given = ['On <Chemical>aspirin</Chemical>.', 'On aspirin.'];
    expect(reasons(given)).toHaveLength(2);
    expect(reasons(given, ['Disease'])).toEqual([]);
  });
});
