import type { ReviewStatistics } from '../../src/runs/review/reviewStatistics.ts';
import { countOf, grouped } from '../counts.ts';
import { element, heading } from '../dom.ts';
import { percent } from '../percent.ts';
import { lengthChart } from './lengthChart.ts';

/** What the accepted texts are made of, in figures. */
export function statisticsView(): {
  readonly root: HTMLElement;
  show(statistics: ReviewStatistics): void;
} {
  const root = element('div', {}, element('p', { class: 'quiet' }, 'Counting ...'));
  return {
    root,
    show(statistics) {
      root.replaceChildren(...sections(statistics));
    },
  };
}

function sections(statistics: ReviewStatistics): HTMLElement[] {
  const { texts, words, labels, withoutMentions, novelRuns, nearDuplicates } = statistics;
  const [shortest, lower, median, upper, longest] = words.map(grouped);
  const share = (count: number): string => (texts === 0 ? '' : percent(count / texts));
  return [
    element(
      'section',
      { class: 'figures', attributes: { 'aria-label': 'Figures' } },
      card('Accepted texts', grouped(texts)),
      card('Words, median', String(median), `half have ${lower} to ${upper}`),
      card('Without a mention', grouped(withoutMentions), share(withoutMentions)),
      card('Novel runs of words', percent(novelRuns), 'of three, in one text only'),
      card('Near-duplicates', grouped(nearDuplicates), share(nearDuplicates)),
    ),
    element(
      'section',
      {},
      heading(2, 'Labels'),
      table(
        'Labels',
        ['Label', 'Mentions', 'Different names', 'Texts'],
        labels.map(({ label, mentions, names, texts: ofTexts }) => [
          label,
          grouped(mentions),
          grouped(names),
          grouped(ofTexts),
        ]),
      ),
    ),
    element(
      'section',
      {},
      heading(2, 'Lengths'),
      element('p', { class: 'quiet' }, `In words: ${shortest} to ${longest}, of ${countOf(texts, 'text')}.`),
      lengthChart(statistics),
    ),
  ];
}

function card(name: string, value: string, note = ''): HTMLElement {
  return element(
    'div',
    { class: 'card' },
    element('h2', {}, name),
    element('p', { class: 'figure' }, value),
    note === '' ? undefined : element('p', { class: 'quiet' }, note),
  );
}

/** The first cell of a row is its header. */
export function table(
  name: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): HTMLElement {
  return element(
    'table',
    { attributes: { 'aria-label': name } },
    element(
      'thead',
      {},
      element('tr', {}, ...columns.map((title) => element('th', { attributes: { scope: 'col' } }, title))),
    ),
    element(
      'tbody',
      {},
      ...rows.map(([first = '', ...rest]) =>
        element(
          'tr',
          {},
          element('th', { attributes: { scope: 'row' } }, first),
          ...rest.map((cell) => element('td', {}, cell)),
        ),
      ),
    ),
  );
}
