import { countOf, grouped } from '../counts.ts';
import { element, heading } from '../dom.ts';
import { filters } from './filters.ts';
import { mapView } from './mapView.ts';
import type { HostToReviewPageMessage, ReviewCounts, ReviewTab } from './protocol.ts';
import { statisticsView } from './statisticsView.ts';
import { textList } from './textList.ts';
import { keepState, keptState, post } from './vscodeApi.ts';

type RunMessage = Extract<HostToReviewPageMessage, { type: 'showRun' }>;

export interface ReviewPage {
  readonly root: HTMLElement;
  /** Asks for the first texts; to be called once the page is in place. */
  begin(): void;
  take(message: Exclude<HostToReviewPageMessage, RunMessage>): void;
}

/** The page of one run: its texts, its statistics and the map, each behind a tab. */
export function reviewPage(run: RunMessage): ReviewPage {
  const summary = element('p', { class: 'quiet' });
  const said = element('p', { class: 'unseen', attributes: { role: 'status' } });
  const showCounts = ({ accepted, rejected, reviewed }: ReviewCounts): void => {
    summary.textContent =
      `${countOf(accepted, 'text')} accepted, ${grouped(rejected)} rejected; ` +
      `${grouped(reviewed)} reviewed by a person.`;
  };
  showCounts(run.counts);

  const list = textList(run);
  const menus = filters(run.facets, keptState().filter, (filter) => {
    keepState({ filter });
    list.find(filter);
  });
  const statistics = statisticsView();
  const map = mapView();
  const views: readonly (readonly [tab: ReviewTab, title: string, view: readonly HTMLElement[]])[] = [
    ['texts', 'Texts', [menus.root, list.root]],
    ['statistics', 'Statistics', [statistics.root]],
    ['map', 'Map', [map.root]],
  ];
  const { tab: activeTab } = keptState();
  const panels = element(
    'vscode-panels',
    { attributes: { activeid: `tab-${activeTab}`, 'aria-label': 'Review' } },
    ...views.map(([tab, title]) => element('vscode-panel-tab', { attributes: { id: `tab-${tab}` } }, title)),
    ...views.map(([tab, , view]) =>
      element(
        'vscode-panel-view',
        { attributes: { id: `view-${tab}` } },
        element('div', { class: 'view' }, ...view),
      ),
    ),
  );
  panels.addEventListener('change', (event) => {
    // Menus inside the panels send events of the same name, which bubble up to here.
    if (event.target !== panels) return;
    const { id } = (event as CustomEvent<Element>).detail;
    const tab = views.find(([name]) => `tab-${name}` === id)?.[0];
    if (tab === undefined) return;
    keepState({ tab });
    enter(tab);
  });

  return {
    root: element(
      'main',
      {},
      element('header', {}, element('div', { class: 'title' }, heading(1, run.title), summary)),
      said,
      panels,
    ),
    begin() {
      list.find(keptState().filter, keptState().from);
      enter(activeTab);
    },
    take(message) {
      switch (message.type) {
        case 'showTexts':
          list.show(message);
          return;
        case 'showText':
          list.change(message.text);
          showCounts(message.counts);
          said.textContent = message.said;
          return;
        case 'refuse':
          list.refuse(message.key, message.message);
          return;
        case 'showStatistics':
          statistics.show(message.statistics);
          return;
        case 'mapStatus':
          map.say(message.text, message.isBusy);
          return;
        case 'showMap':
          map.show(message.map);
      }
    },
  };
}

function enter(tab: ReviewTab): void {
  // Counted anew each time: decisions change it.
  if (tab === 'statistics') post({ type: 'count' });
}
