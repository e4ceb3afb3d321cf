import { counted, grouped } from '../../src/foundation/numbers.ts';
import { element } from '../dom.ts';
import { tabs } from '../ui/tabs.ts';
import { filters } from './filters.ts';
import { host } from './host.ts';
import { mapView } from './mapView.ts';
import type { ReviewContent, ReviewCounts, ReviewTab } from './protocol.ts';
import { statisticsView } from './statisticsView.ts';
import { textList } from './textList.ts';

interface ReviewPage {
  readonly root: HTMLElement;
  /** Requests the first texts; to be called once the page is in place. */
  begin(): void;
}

/** The page of one run: its texts, its statistics and the map, each behind a tab. */
export function reviewPage(run: ReviewContent): ReviewPage {
  const summary = element('p', { class: 'quiet' });
  const said = element('p', { class: 'unseen', attributes: { role: 'status' } });
  const showCounts = ({ accepted, rejected, reviewed }: ReviewCounts): void => {
    summary.textContent =
      `${counted(accepted, 'text')} accepted, ${grouped(rejected)} rejected; ` +
      `${grouped(reviewed)} reviewed by a person.`;
  };
  showCounts(run.counts);

  const list = textList(run, (change) => {
    showCounts(change.counts);
    said.textContent = change.said;
  });
  const menus = filters(run.facets, host.state.filter, (filter) => {
    host.keep({ filter });
    list.find(filter);
  });
  const statistics = statisticsView();
  const map = mapView();
  const enter = (tab: ReviewTab): void => {
    // Counted anew each time: decisions change it.
    if (tab === 'statistics') void statistics.count();
  };
  const views = tabs<ReviewTab>({
    label: 'Review',
    views: [
      ['texts', 'Texts', menus, list.root],
      ['statistics', 'Statistics', statistics.root],
      ['map', 'Map', map.root],
    ],
    active: host.state.tab,
    onChange(tab) {
      host.keep({ tab });
      enter(tab);
    },
  });

  return {
    root: element(
      'main',
      {},
      element('header', {}, element('div', { class: 'title' }, element('h1', {}, run.title), summary)),
      said,
      views,
    ),
    begin() {
      list.find(host.state.filter, host.state.from);
      void map.showLatest();
      enter(host.state.tab);
    },
  };
}
