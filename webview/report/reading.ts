import type { Report } from '../../src/evaluation/report.ts';
import { element } from '../dom.ts';

/** What the figures mean, for people who don't read them every day. */
export function reading(report: Report): HTMLElement {
  const terms = [
    [
      'Exact match',
      report.task === 'ner'
        ? 'A mention is right if its first word, last word and type are those of the gold data.'
        : report.scheme === 'rows'
          ? 'A row is right if it has the label of the gold data. The averages leave out the negative label.'
          : 'A relation is right if its label, its direction and both mentions are those of the gold data.',
    ],
    ['Precision', 'The share of what was predicted that is right. Low precision means false alarms.'],
    [
      'Recall',
      'The share of what is in the gold data that was found. Low recall means that things were missed.',
    ],
    ['F1', 'One figure for both, nearer to the lower of the two.'],
    [
      'Micro, macro',
      'Micro pools everything, so frequent types weigh more. Macro is the plain mean over the types.',
    ],
    [
      'Interval',
      'Where micro F1 would fall, 95 times in 100, on other samples of texts like these. Two results whose intervals overlap widely are hard to tell apart.',
    ],
  ] as const;
  const list = terms.flatMap(([term, meaning]) => [element('dt', {}, term), element('dd', {}, meaning)]);
  return element('dl', { class: 'reading' }, ...list);
}
