import { counted, grouped } from '../../src/foundation/numbers.ts';
import { element } from '../dom.ts';
import { button } from '../ui/button.ts';
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
  const undo = button({
    text: 'Undo',
    label: 'Undo the last decision (U)',
    onClick: () => void undoLast(),
  });
  const showCounts = ({ accepted, rejected, reviewed, undoable }: ReviewCounts): void => {
    undo.toggleAttribute('disabled', undoable === 0);
    summary.textContent =
      `${counted(accepted, 'text')} accepted, ${grouped(rejected)} rejected; ` +
      `${grouped(reviewed)} reviewed by a person.`;
  };
  showCounts(run.counts);

  const undoLast = async (): Promise<void> => {
    const change = await host.request({ type: 'undoLast' });
    if (change === undefined) said.textContent = 'There is nothing to undo.';
    else list.take(change);
  };
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

  const root = element(
    'main',
    {},
    element(
      'header',
      {},
      element('div', { class: 'title' }, element('h1', {}, run.title), summary),
      element('div', { class: 'actions' }, undo),
    ),
    said,
    views,
  );
  // Wherever the focus is, but for a field, which has an undo of its own.
  document.addEventListener('keydown', (event) => {
    if (!root.isConnected || !isUndo(event) || isField(event.target)) return;
    event.preventDefault();
    void undoLast();
  });

  return {
    root,
    begin() {
      list.find(host.state.filter, host.state.from);
      void map.showLatest();
      enter(host.state.tab);
    },
  };
}

function isUndo({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  if (altKey || shiftKey) return false;
  return ctrlKey || metaKey ? key === 'z' : key.toLowerCase() === 'u';
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, [role="combobox"]') !== null;
}
