import { describe, expect, test } from 'vitest';
import { readMentions } from '../../../../src/questions/reading/readMentions.ts';

const labels = ['Disease', 'Chemical'];
const given = ['He has gout.', 'Given  allopurinol\n100 mg at home.', 'No fever; p < 0.05.'];

/** The words of the mentions in each text, or the reason why it has none. */
function found(reply: string, texts: readonly string[] = given) {
  const { answers, refusals } = readMentions(reply, texts, labels);
  return {
    mentions: answers.map((answer, index) =>
      answer?.mentions.map(({ start, end, label }) => `${label}: ${texts[index]?.slice(start, end)}`),
    ),
    reasons: refusals.map(({ reason }) => reason),
  };
}

function json(...texts: readonly (string | object)[]): string {
  return JSON.stringify({ texts: texts.map((text) => (typeof text === 'string' ? { text } : text)) });
}

const gout = 'He has <Disease>gout</Disease>.';
const allopurinol = 'Given <Chemical>allopurinol</Chemical> 100 mg at home.';
const fever = 'No <Disease>fever</Disease>; p < 0.05.';
const all = {
  mentions: [['Disease: gout'], ['Chemical: allopurinol'], ['Disease: fever']],
  reasons: [],
};

describe('mentions of given texts', () => {
  test('are found at their places, whatever became of the blanks', () => {
    expect(found(json(gout, allopurinol, fever))).toEqual(all);
  });

  test.each([
    ['texts in another order', json(fever, gout, allopurinol)],
    ['texts with numbers in front', json(`1. ${gout}`, `2) ${allopurinol}`, `- ${fever}`)],
    ['texts without their last stop, or with another one', json(gout.slice(0, -1), `${allopurinol}.`, fever)],
    ['capitals and dashes of its own', json(gout.replace('He', 'HE'), allopurinol, fever)],
    ['all in one', json(`${gout} ${allopurinol} ${fever}`)],
    ['a text cut in two', json(gout, 'Given <Chemical>allopurinol</Chemical>', '100 mg at home.', fever)],
    ['two texts run together', json(gout, `${allopurinol} ${fever}`)],
    ['tagged lines without JSON', [gout, allopurinol, fever].join('\n')],
    ['tags of types that nobody asked for', json(gout, `<Time>Given</Time> ${allopurinol.slice(6)}`, fever)],
    [
      'names beside the texts',
      json(
        { text: given[0] as string, entities: [{ text: 'gout', label: 'Disease' }] },
        { text: given[1] as string, entities: { Chemical: ['allopurinol'] } },
        { text: given[2] as string, Disease: 'fever' },
      ),
    ],
    [
      'tags as references and bold',
      json(
        gout.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
        allopurinol.replace(/<.*>/, '<Chemical>**allopurinol**</Chemical>'),
        fever,
      ),
    ],
  ])('are found in a reply with %s', (_, reply) => {
    expect(found(reply)).toEqual(all);
  });

  test('of a text that is left out or reworded are none, with the reason; the others stay', () => {
    expect(found(json(gout, 'Took <Chemical>allopurinol</Chemical> 100 mg at home.'))).toEqual({
      mentions: [['Disease: gout'], undefined, undefined],
      reasons: ['not-given', 'reworded', 'missing'],
    });
  });

  test('in texts that the reply made up are refused', () => {
    expect(found(json(gout, allopurinol, fever, 'Also <Disease>asthma</Disease>.'))).toEqual({
      ...all,
      reasons: ['not-given'],
    });
  });

  test('are refused where tags make no sense', () => {
    const nested = 'He has <Disease>go<Disease>ut</Disease></Disease>.';
    expect(found(json(nested, allopurinol, fever))).toEqual({
      mentions: [undefined, ['Chemical: allopurinol'], ['Disease: fever']],
      reasons: ['malformed'],
    });
  });

  test('that are only listed, and not in the text, are left out; what is in it stays', () => {
    const item = {
      text: given[0] as string,
      entities: [
        { text: 'gout', label: 'Disease' },
        { text: 'lupus', label: 'Disease' },
      ],
    };
    expect(found(json(item, allopurinol, fever))).toEqual({ ...all, reasons: ['mention-absent'] });
  });

  test('never come of words that the reply put there itself', () => {
    expect(found(json('He has gout<Disease>.</Disease>.'), ['He has gout'])).toEqual({
      mentions: [undefined],
      reasons: ['not-given', 'reworded'],
    });
  });

  test('of texts that hold markup, references and signs of their own stand right', () => {
    const texts = ['A &amp; B < 3 **bold** <b>x</b> [NAME] \u{1F600} gout'];
    expect(found(json(texts[0]?.replace('gout', '<Disease>gout</Disease>') ?? ''), texts)).toEqual({
      mentions: [['Disease: gout']],
      reasons: [],
    });
  });

  test.each([
    [
      'in one sign each, given in two',
      'Cafe\u0301 au lait macules, n\u00E9vus',
      'Café au lait macules, <Disease>névus</Disease>',
      'n\u00E9vus',
    ],
    [
      'in two signs each, given in one',
      'Caf\u00E9 au lait, n\u00E9vus?',
      'Cafe\u0301 au lait, <Disease>ne\u0301vus</Disease>?',
      'n\u00E9vus',
    ],
    ['at the end of a mention', 'Has ne\u0301ve\u0301.', 'Has <Disease>névé</Disease>.', 'ne\u0301ve\u0301'],
  ])('are found where accents are written %s', (_, text, said, mention) => {
    expect(found(json(said.normalize('NFC')), [text.normalize('NFD')]).mentions).toEqual([
      [`Disease: ${mention.normalize('NFD')}`],
    ]);
    expect(found(json(said), [text])).toEqual({ mentions: [[`Disease: ${mention}`]], reasons: [] });
    expect(found(json(said.normalize('NFD')), [text.normalize('NFC')]).mentions).toEqual([
      [`Disease: ${mention.normalize('NFC')}`],
    ]);
  });

  test('are not found where the reply leaves an accent off', () => {
    expect(found(json('<Disease>nevus</Disease>.'), ['n\u00E9vus.']).mentions).toEqual([undefined]);
  });

  test('are found in texts whose number or bullet the reply left off, and first in those without', () => {
    const texts = ['1. gout, treated', '(2) No fever', '- asthma', 'asthma'];
    const reply = json(
      '<Disease>gout</Disease>, treated',
      'No <Disease>fever</Disease>',
      '<Disease>asthma</Disease>',
      'asthma',
    );
    expect(found(reply, texts)).toEqual({
      mentions: [['Disease: gout'], ['Disease: fever'], [], ['Disease: asthma']],
      reasons: [],
    });
    expect(found(json('gout'), ['2. ']).mentions).toEqual([undefined]);
  });

  test('of equal texts are counted for each of them', () => {
    expect(found(json(gout, given[0] as string), ['He has gout.', 'He has gout.'])).toEqual({
      mentions: [['Disease: gout'], []],
      reasons: [],
    });
  });

  test('are none in JSON of another kind, which is refused as a whole', () => {
    const reply = '{\n  "text": {"title": "He has gout."}\n}\n';
    expect(found(reply).reasons).toEqual(['malformed', 'reworded', 'missing', 'missing']);
  });

  test.each(['', 'I cannot do that.', '{"texts": []}', '{"texts": [{"text": "He has <Disease>go', '<<<>>>'])(
    'are none in the reply %j, and every text says so',
    (reply) => {
      const { mentions, reasons } = found(reply);
      expect(mentions).toEqual([undefined, undefined, undefined]);
      expect(reasons.length).toBeGreaterThanOrEqual(3);
    },
  );
});
