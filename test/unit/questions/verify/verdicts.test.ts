import { describe, expect, it } from 'vitest';
import { parseInlineTags } from '../../../../src/corpus/tagged/inlineTags.ts';
import { defaultProject } from '../../../../src/project/defaults.ts';
import { verifyRequest, type VerifyQuestion } from '../../../../src/questions/verify/verifyRequest.ts';
import { changesBetween } from '../../../../src/questions/verify/changes.ts';
import { readVerdicts } from '../../../../src/questions/verify/readVerdicts.ts';

const labels = ['Disease', 'Chemical'];

function question(tagged: string): VerifyQuestion {
  const parsed = parseInlineTags(tagged, labels);
  if (!parsed.ok) throw new Error(parsed.detail);
  return { text: parsed.text, mentions: parsed.mentions, doubts: ['"gout" is not tagged here'] };
}

const questions = [
  question('Known gout, on <Chemical>aspirin</Chemical>.'),
  question('Has <Disease>severe anemia</Disease>  today.'),
  question('No <Disease>asthma</Disease>.'),
];

/** The mentions of each text as "label: words", or the reason why there is no answer. */
function read(reply: string | object): (string | readonly string[] | undefined)[] {
  const { answers, refusals } = readVerdicts(
    typeof reply === 'string' ? reply : JSON.stringify(reply),
    questions,
    labels,
  );
  return answers.map((answer, index) => {
    const text = questions[index]?.text ?? '';
    return answer === undefined
      ? refusals.map(({ reason }) => reason).join()
      : answer.mentions.map(({ start, end, label }) => `${label}: ${text.slice(start, end)}`);
  });
}

const asTheyAre = [['Chemical: aspirin'], ['Disease: severe anemia'], ['Disease: asthma']];

describe('a request to verify', () => {
  it('holds the types asked about, the tagged texts and their doubts, and says how to answer', () => {
    const { request, tokens, upTo } = verifyRequest(
      questions,
      { project: defaultProject, labels: ['Disease'] },
      { index: 3, price: { input: 1, output: 1 } },
    );
    const [system = '', user = ''] = request.messages.map(({ content }) => content);
    expect(system).toContain('not severity or course');
    expect(system).not.toContain('Chemical');
    expect((JSON.parse(user) as { texts: unknown[] }).texts[1]).toEqual({
      number: 2,
      text: 'Has <Disease>severe anemia</Disease>  today.',
      doubts: ['"gout" is not tagged here'],
    });
    expect(tokens.output).toBeLessThan(request.maxTokens);
    expect(upTo).toBeGreaterThan(tokens.input / 1e6);
  });
});

describe('a reply to it', () => {
  it('keeps texts, or tags them anew', () => {
    expect(
      read({
        texts: [
          { number: 1, text: 'Known <Disease>gout</Disease>, on <Chemical>aspirin</Chemical>.' },
          { number: 2, text: 'Has severe <Disease>anemia</Disease> today.' },
          { number: 3, text: 'keep' },
        ],
      }),
    ).toEqual([['Disease: gout', 'Chemical: aspirin'], ['Disease: anemia'], ['Disease: asthma']]);
  });

  it('may come in another order, with numbers as strings', () => {
    expect(
      read({
        texts: [
          { number: '3', text: 'No asthma.' },
          { number: '2', text: 'Keep.' },
          { number: '1', text: 'keep' },
        ],
      }),
    ).toEqual([['Chemical: aspirin'], ['Disease: severe anemia'], []]);
  });

  it('may be a numbered list, or words alone', () => {
    expect(read('1. keep\n2. Has severe <Disease>anemia</Disease> today.\n3. keep')).toEqual([
      ['Chemical: aspirin'],
      ['Disease: anemia'],
      ['Disease: asthma'],
    ]);
    expect(read('1. keep\n2. keep\n3. keep')).toEqual(asTheyAre);
    expect(read('```json\n{"texts": ["keep", "keep", "keep"]}\n```')).toEqual(asTheyAre);
  });

  it('says nothing of a text whose words it changes, that it leaves out, or that it tags wrongly', () => {
    expect(
      read({
        texts: [
          { number: 1, text: 'Known gouty <Disease>arthritis</Disease>, on <Chemical>aspirin</Chemical>.' },
          { number: 2, text: 'keep' },
          { number: 3, text: 'keep' },
        ],
      })[0],
    ).toContain('reworded');
    expect(
      read({
        texts: [
          { number: 2, text: 'keep' },
          { number: 3, text: 'keep' },
        ],
      })[0],
    ).toBe('missing');
    expect(
      read({
        texts: [
          { number: 1, text: 'Known <Disease>gout, on <Chemical>aspirin</Chemical></Disease>.' },
          { number: 2, text: 'keep' },
          { number: 3, text: 'keep' },
        ],
      })[0],
    ).toBe('malformed');
    expect(read('I cannot help with that.').every((answer) => typeof answer === 'string')).toBe(true);
  });

  it.each([
    ['unknown-label', 'Known <Foo>gout</Foo>, on <Chemical>aspirin</Chemical>.'],
    ['unknown-label', 'Known gout, on <Drug>aspirin</Drug>.'],
    ['malformed', 'Known <Disease>go</Disease>ut, on <Chemical>aspirin</Chemical>.'],
    ['malformed', 'Known **gout**, on <Chemical>aspirin</Chemical>.'],
  ])('leaves a text alone whose tags generating would refuse: %s, %s', (reason, text) => {
    const rest = [2, 3].map((number) => ({ number, text: 'keep' }));
    expect(read({ texts: [{ number: 1, text }, ...rest] })).toEqual([reason, ...asTheyAre.slice(1)]);
  });

  it('leaves a text alone in which a whole sentence is tagged', () => {
    const long = 'The patient was seen again for a review of the medicines that he had been taking at home.';
    const asked = question(`${long} Has <Disease>gout</Disease>.`);
    const reply = JSON.stringify({
      texts: [{ number: 1, text: `<Disease>${long}</Disease> Has <Disease>gout</Disease>.` }],
    });
    const { answers, refusals } = readVerdicts(reply, [asked], labels);
    expect(answers).toEqual([undefined]);
    expect(refusals).toMatchObject([{ reason: 'malformed', detail: 'a tag holds a whole sentence' }]);
  });

  it('takes punctuation off the edges of mentions, as of texts that are generated', () => {
    const text = 'Known <Disease>gout,</Disease> on <Chemical>aspirin.</Chemical>';
    const rest = [2, 3].map((number) => ({ number, text: 'keep' }));
    expect(read({ texts: [{ number: 1, text }, ...rest] })[0]).toEqual([
      'Disease: gout',
      'Chemical: aspirin',
    ]);
  });

  it('that gives texts back without tags changes none', () => {
    const bare = (position: number) => ({ number: position + 1, text: questions[position]?.text });
    const untagged = read({ texts: [bare(0), bare(1), bare(2)] });
    expect(untagged).toEqual(['untagged,untagged,untagged', untagged[0], untagged[0]]);
    const some = read({ texts: [bare(0), bare(1), { number: 3, text: 'keep' }] });
    expect(some).toEqual(['untagged,untagged', some[0], ['Disease: asthma']]);
    // Where others are kept, one mention may well be none.
    expect(read({ texts: [bare(0), ...[2, 3].map((number) => ({ number, text: 'keep' }))] })[0]).toEqual([]);
  });

  it('keeps no text by guess: without numbers there must be an answer for each', () => {
    expect(read({ texts: ['keep', 'keep'] }).every((answer) => typeof answer === 'string')).toBe(true);
  });
});

describe('what was changed', () => {
  const mentions = (tagged: string) => question(tagged).mentions;
  it('is counted by kind', () => {
    expect(
      changesBetween(
        mentions(
          'A <Disease>severe anemia</Disease>, <Disease>lead</Disease>, <Disease>fatigue</Disease>, gout, <Disease>asthma</Disease>',
        ),
        mentions(
          'A severe <Disease>anemia</Disease>, <Chemical>lead</Chemical>, fatigue, <Disease>gout</Disease>, <Disease>asthma</Disease>',
        ),
      ),
    ).toEqual({ added: 1, removed: 1, boundary: 1, type: 1 });
  });

  it('counts a mention that is cut in two as one with another boundary and one more', () => {
    expect(
      changesBetween(
        mentions('<Disease>nausea and emesis</Disease>'),
        mentions('<Disease>nausea</Disease> and <Disease>emesis</Disease>'),
      ),
    ).toEqual({ added: 1, removed: 0, boundary: 1, type: 0 });
  });
});
