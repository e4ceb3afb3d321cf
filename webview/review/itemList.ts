import { element } from '../dom.ts';
import type { ItemAction, TextItem } from './textItem.ts';

/** A letter for each thing to do with the text that has the focus. */
const keys: Readonly<Record<string, ItemAction>> = {
  a: 'accept',
  r: 'reject',
  l: 'label',
  e: 'edit',
  o: 'undo',
  q: 'repeatRequest',
};

const legend: readonly (readonly [key: string, meaning: string])[] = [
  ['↑ ↓', 'move'],
  ['PgUp PgDn', 'change page'],
  ['A', 'accept'],
  ['R', 'reject'],
  ['L', 'label'],
  ['E', 'edit'],
  ['U', 'undo'],
  ['O', 'restore'],
  ['Q', 'repeat request'],
];

/** Which text gets the focus when another page is shown. */
export type PageEnd = 'first' | 'last';

interface ItemList {
  readonly root: HTMLElement;
  /** The text of this key, if it is in the list. */
  item(key: string): TextItem | undefined;
  show(items: readonly TextItem[], focus: PageEnd | undefined): void;
}

interface Handlers {
  readonly act: (item: TextItem, action: ItemAction) => void;
  /** Shows the next page (1) or the one before (-1). */
  readonly turn: (step: number, focus: PageEnd) => void;
}

/** The texts of one page. The keys work on the text that has the focus; one text is in the tab order. */
export function itemList({ act, turn }: Handlers): ItemList {
  const root = element('ol', { class: 'texts', attributes: { 'aria-label': 'Texts' } });
  let items: readonly TextItem[] = [];
  const setTabStop = (index: number): void => {
    for (const [i, item] of items.entries()) item.root.tabIndex = i === index ? 0 : -1;
  };
  const focus = (index: number): void => {
    if (index < 0) turn(-1, 'last');
    else if (index >= items.length) turn(1, 'first');
    else items[index]?.root.focus();
  };
  const actByKey = (index: number, action: ItemAction): void => {
    const item = items[index];
    if (item === undefined) return;
    act(item, action);
    // A verdict by key leads on, so that one hand goes through a run.
    if ((action === 'accept' || action === 'reject') && index < items.length - 1) focus(index + 1);
  };
  const focusedAt = ({ target }: Event): number => items.findIndex((item) => item.root === target);

  root.addEventListener('focusin', (event) => {
    const index = focusedAt(event);
    if (index !== -1) setTabStop(index);
  });
  root.addEventListener('keydown', (event) => {
    const index = focusedAt(event);
    if (index === -1 || event.ctrlKey || event.metaKey || event.altKey) return;
    const steps: Readonly<Record<string, () => void>> = {
      ArrowDown: () => focus(index + 1),
      ArrowUp: () => focus(index - 1),
      Home: () => focus(0),
      End: () => focus(items.length - 1),
      PageDown: () => turn(1, 'first'),
      PageUp: () => turn(-1, 'first'),
      Enter: () => actByKey(index, 'edit'),
    };
    const action = keys[event.key.toLowerCase()];
    const step = action === undefined ? steps[event.key] : () => actByKey(index, action);
    if (step === undefined) return;
    event.preventDefault();
    step();
  });

  return {
    root,
    item: (key) => items.find(({ text }) => text.key === key),
    show(next, end) {
      items = next;
      root.replaceChildren(...items.map((item) => item.root));
      const index = end === 'last' ? items.length - 1 : 0;
      setTabStop(index);
      if (end !== undefined) items[index]?.root.focus();
    },
  };
}

/** What the keys do. */
export function keyLegend(): HTMLElement {
  const parts = legend.flatMap(([key, meaning]) => [element('kbd', {}, key), ` ${meaning} `]);
  return element('p', { class: 'quiet legend' }, ...parts);
}
