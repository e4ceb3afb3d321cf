import { describe, expect, it } from 'vitest';
import { parseProject } from '../../../../src/project/parseProject.ts';
import { createJudge } from '../../../../src/generation/judge/judge.ts';
import { planRequest } from '../../../../src/generation/plan/planRequest.ts';
import { planRun } from '../../../../src/generation/plan/planRun.ts';
import { readReply } from '../../../../src/generation/judge/readTexts.ts';
import { parseReply } from '../../../../src/llm/reply/parseReply.ts';

const project = parseProject('{"generation": {"unit": "notes"}}', 'chartmark.json');
const plan = planRun({ task: 'ner', project, count: 9, seed: 1 });
const spec = planRequest(plan, 0, { accepted: 0, acceptedNegative: 0 });

const note = `DISCHARGE SUMMARY

Hospital course:
- Admitted with <Disease>cellulitis</Disease> of the left leg and started on <Chemical>flucloxacillin</Chemical>.
- <Procedure>Duplex sonography</Procedure> showed no <Disease>deep vein thrombosis</Disease>.

Discharge medications:
1. <Chemical>Flucloxacillin</Chemical> 500 mg four times a day for five days
2. <Chemical>paracetamol</Chemical> as needed; cellulitis to be reviewed in a week`;

const verdicts = (reply: string) => {
  const judge = createJudge(project);
  const read = readReply(parseReply(reply), spec);
  return read.texts.map((text) => judge.judge(text, read));
};

describe('a whole note', () => {
  it.each([
    ['as JSON', JSON.stringify({ texts: [{ text: note }] })],
    ['with line breaks that JSON does not allow', `{"texts": [{"text": "${note}"}]}`],
    [
      'in a fence after prose',
      `Here it is:\n\`\`\`json\n${JSON.stringify([{ text: note }], null, 2)}\n\`\`\``,
    ],
  ])('is read %s, with its lines and every mention', (_, reply) => {
    const [verdict, ...rest] = verdicts(reply);
    expect(rest).toEqual([]);
    if (verdict?.accepted !== true) throw new Error(JSON.stringify(verdict));
    const { text, mentions } = verdict.text;
    expect(text.split('\n')).toHaveLength(note.split('\n').length);
    expect(mentions.map(({ start, end }) => text.slice(start, end))).toEqual([
      'cellulitis',
      'flucloxacillin',
      'Duplex sonography',
      'deep vein thrombosis',
      'Flucloxacillin',
      'paracetamol',
      'cellulitis',
    ]);
  });

  it('that comes as bare text is not read as a list of sentences', () => {
    for (const verdict of verdicts(note))
      expect(verdict).toMatchObject({ accepted: false, reason: 'too-short' });
  });

  it('that is only a sentence is too short', () => {
    const reply = JSON.stringify({ texts: [{ text: 'Given <Chemical>ibuprofen</Chemical> at home.' }] });
    expect(verdicts(reply)).toMatchObject([{ accepted: false, reason: 'too-short' }]);
  });
});
