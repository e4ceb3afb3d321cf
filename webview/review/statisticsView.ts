import { counted, grouped, percent } from '../../src/foundation/numbers.ts';
import type { ReviewStatistics } from '../../src/runs/review/reviewStatistics.ts';
import { card, element, quiet, section, table } from '../dom.ts';
import { host } from './host.ts';
import { lengthChart } from './lengthChart.ts';

/** What the accepted texts are made of, in figures. */
export function statisticsView(): {
  readonly root: HTMLElement;
  /** Counts the accepted texts anew and shows the figures. */
  count(): Promise<void>;
} {
  const root = element('div', {}, quiet('Counting …'));
  return {
    root,
    async count() {
      const statistics = await host.request({ type: 'count' });
      if (statistics !== undefined) root.replaceChildren(...sections(statistics));
    },
  };
}

function sections(statistics: ReviewStatistics): HTMLElement[] {
  const { texts, words, labels, withoutMentions, novelRuns, nearDuplicates } = statistics;
  const [shortest, lower, median, upper, longest] = words.map(grouped);
  const share = (count: number): string | undefined => (texts === 0 ? undefined : percent(count / texts));
  return [
    element(
      'section',
      { class: 'figures', attributes: { 'aria-label': 'Figures' } },
      card('Accepted texts', grouped(texts)),
      card('Words, median', String(median), `half have ${lower} to ${upper}`),
      card('Without a mention', grouped(withoutMentions), share(withoutMentions)),
      card('Novelty', percent(novelRuns), 'three-word sequences in only one text'),
      card('Near-duplicates', grouped(nearDuplicates), share(nearDuplicates)),
    ),
    section(
      'Labels',
      table(
        'Labels',
        ['Label', 'Mentions', 'Different names', 'Texts'],
        labels.map(({ label, mentions, names, texts: ofTexts }) => ({
          cells: [label, grouped(mentions), grouped(names), grouped(ofTexts)],
        })),
      ),
    ),
    section(
      'Lengths',
      quiet(`In words: ${shortest} to ${longest}, of ${counted(texts, 'text')}.`),
      lengthChart(statistics),
    ),
  ];
}
