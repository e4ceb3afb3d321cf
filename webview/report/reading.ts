import type { Report } from '../../src/evaluation/report.ts';
import { element } from '../dom.ts';

/** What the figures mean, for people who don't read them every day. */
export function reading(report: Report): HTMLElement {
  const terms = [
    [
      'Exact match',
      report.task === 'ner'
        ? 'A mention is right when its first word, its last word and its type are those of the gold data.'
        : report.scheme === 'rows'
          ? 'A row is right when its label is that of the gold data; the negative label is left out of the averages.'
          : 'A relation is right when its label, its direction and both of its mentions are those of the gold data.',
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
