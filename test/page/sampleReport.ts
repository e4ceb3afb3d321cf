import { createSpan, type Document, plainDocument } from '../../src/corpus/document.ts';
import { evaluateMentions } from '../../src/evaluation/evaluateMentions.ts';
import type { EntityReport } from '../../src/evaluation/report.ts';

type Marking = readonly [words: string, label: string];

/** Markup that must stay text wherever it is shown. */
export const hostile = '<img src=x onerror=alert(1)>';

function annotated(id: string, text: string, markings: readonly Marking[], score?: number): Document {
  const spans = markings.map(([words, label], i) => {
    const start = text.indexOf(words);
    const draft = { id: `T${i}`, start, end: start + words.length, label, source: 'human' as const };
    return createSpan(text, score === undefined ? draft : { ...draft, score });
  });
  return { ...plainDocument(id, text), spans };
}

interface Sample {
  readonly id: string;
  readonly text: string;
  readonly gold: readonly Marking[];
  readonly predicted: readonly Marking[];
}

/** Four notes with one error of each kind: 4 of 7 gold mentions found, 4 of 7 predictions right. */
const samples: readonly Sample[] = [
  {
    id: 'note-1.txt',
    text: 'Family history.\nThe proband had cystic fibrosis and was given ibuprofen.',
    gold: [
      ['cystic fibrosis', 'Disease'],
      ['ibuprofen', 'Chemical'],
    ],
    predicted: [
      ['cystic fibrosis', 'Disease'],
      ['ibuprofen', 'Chemical'],
    ],
  },
  {
    id: 'note-2.txt',
    text: 'Admitted with acute pancreatitis after an appendectomy.',
    gold: [
      ['acute pancreatitis', 'Disease'],
      ['appendectomy', 'Procedure'],
    ],
    predicted: [
      ['pancreatitis', 'Disease'],
      ['appendectomy', 'Disease'],
    ],
  },
  {
    id: 'note-3.txt',
    text: `No migraine ${hostile} since. Morning walks help.`,
    gold: [[`migraine ${hostile}`, 'Disease']],
    predicted: [['Morning walks', 'Procedure']],
  },
  {
    id: 'note-4.txt',
    text: 'Methotrexate was stopped because of liver toxicity.',
    gold: [
      ['Methotrexate', 'Chemical'],
      ['liver toxicity', 'Disease'],
    ],
    predicted: [
      ['Methotrexate', 'Chemical'],
      ['liver toxicity', 'Disease'],
    ],
  },
];

export function sampleReport(title = 'Sample notes'): EntityReport {
  return evaluateMentions(
    samples.map(({ id, text, gold }) => annotated(id, text, gold)),
    samples.map(({ id, text, predicted }) => annotated(id, text, predicted, 0.91)),
    {
      created: '2026-11-24T11:25:00Z',
      title,
      sources: { gold: ['samples/gold.jsonl'], predicted: ['out/predicted.jsonl'] },
    },
  );
}
