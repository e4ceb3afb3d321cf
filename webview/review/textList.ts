import type { ReviewFilter } from '../../src/runs/review/filterTexts.ts';
import { grouped } from '../counts.ts';
import { element } from '../dom.ts';
import type { HostToReviewPageMessage, ReviewTextView } from './protocol.ts';
import { textItem, type ItemAction, type TextItem } from './textItem.ts';
import { keepState, post } from './vscodeApi.ts';

type RunMessage = Extract<HostToReviewPageMessage, { type: 'showRun' }>;
type TextsMessage = Extract<HostToReviewPageMessage, { type: 'showTexts' }>;

/** How many texts are shown at once. */
const pageSize = 50;

/** A letter for each thing to do with the text that has the focus. */
const keys: Readonly<Record<string, ItemAction>> = {
  a: 'accept',
  r: 'reject',
  e: 'edit',
  u: 'undo',
  q: 'askAgain',
};

const legend: readonly (readonly [key: string, meaning: string])[] = [
  ['↑ ↓', 'move'],
  ['PgUp PgDn', 'turn the page'],
  ['A', 'accept'],
  ['R', 'reject'],
  ['E', 'edit'],
  ['U', 'undo'],
  ['Q', 'ask again'],
];

interface TextList {
  readonly root: HTMLElement;
  /** Looks for texts anew, and shows those from `from` on. */
  find(filter: ReviewFilter, from?: number): void;
  show(message: TextsMessage): void;
  change(text: ReviewTextView): void;
  refuse(key: string, message: string): void;
}

/** One page of the texts found. The keys work on the text that has the focus; one text is in the tab order. */
export function textList(run: RunMessage): TextList {
  const status = element('p', { class: 'quiet', attributes: { role: 'status' } });
  const list = element('ol', { class: 'texts', attributes: { 'aria-label': 'Texts' } });
  const earlier = pageButton('Previous page', () => turn(-1));
  const later = pageButton('Next page', () => turn(1));
  let items: TextItem[] = [];
  let number = 0;
  let from = 0;
  let total = 0;
  let filter: ReviewFilter = {};
  /** Which text gets the focus when the next page comes. */
  let awaited: 'first' | 'last' | undefined;

  const ask = (isNew: boolean): void =>
    post({ type: 'find', number: ++number, filter, from, count: pageSize, isNew });
  const turn = (step: number, focus: 'first' | 'last' = 'first'): boolean => {
    const next = from + step * pageSize;
    if (next < 0 || next >= total) return false;
    from = next;
    awaited = focus;
    ask(false);
    return true;
  };
  const focus = (index: number): void => {
    for (const [i, { root }] of items.entries()) root.tabIndex = i === index ? 0 : -1;
    items[index]?.root.focus();
  };
  const move = (index: number): void => {
    if (index < 0) turn(-1, 'last');
    else if (index >= items.length) turn(1);
    else focus(index);
  };
  const act = (index: number, action: ItemAction, byKey: boolean): void => {
    const item = items[index];
    if (item === undefined) return;
    const { key } = item.text;
    if (action === 'edit') item.edit();
    else if (action === 'askAgain') post({ type: 'askAgain', key });
    else post({ type: 'decide', key, verdict: action });
    // A verdict by key leads on, so that one hand goes through a run.
    const leads = action === 'accept' || action === 'reject';
    if (byKey && leads && index < items.length - 1) focus(index + 1);
  };
  list.addEventListener('focusin', (event) => {
    const index = items.findIndex(({ root }) => root === event.target);
    if (index === -1) return;
    for (const [i, { root }] of items.entries()) root.tabIndex = i === index ? 0 : -1;
  });
  list.addEventListener('keydown', (event) => {
    const index = items.findIndex(({ root }) => root === event.target);
    if (index === -1 || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = keys[event.key.toLowerCase()];
    const steps: Readonly<Record<string, () => void>> = {
      ArrowDown: () => move(index + 1),
      ArrowUp: () => move(index - 1),
      Home: () => focus(0),
      End: () => focus(items.length - 1),
      PageDown: () => turn(1),
      PageUp: () => turn(-1),
      Enter: () => act(index, 'edit', true),
    };
    const step = action === undefined ? steps[event.key] : () => act(index, action, true);
    if (step === undefined) return;
    event.preventDefault();
    step();
  });

  return {
    root: element(
      'div',
      {},
      element(
        'div',
        { class: 'bar' },
        status,
        element(
          'p',
          { class: 'quiet legend' },
          ...legend.flatMap(([key, meaning]) => [element('kbd', {}, key), ` ${meaning} `]),
        ),
      ),
      list,
      element('nav', { class: 'pager', attributes: { 'aria-label': 'Pages' } }, earlier, later),
    ),
    find(next, start = 0) {
      filter = next;
      from = start;
      awaited = undefined;
      ask(true);
    },
    show(message) {
      if (message.number !== number) return;
      ({ from, total } = message);
      keepState({ from });
      items = message.texts.map((text, index) =>
        textItem(text, { ...run, place: from + index + 1, total }, (action) => act(index, action, false)),
      );
      list.replaceChildren(...items.map(({ root }) => root));
      status.textContent =
        total === 0
          ? 'No text is like that.'
          : `${grouped(from + 1)} to ${grouped(from + items.length)} of ${grouped(total)}`;
      earlier.toggleAttribute('disabled', from === 0);
      later.toggleAttribute('disabled', from + items.length >= total);
      const index = awaited === 'last' ? items.length - 1 : 0;
      for (const [i, { root }] of items.entries()) root.tabIndex = i === index ? 0 : -1;
      if (awaited !== undefined) focus(index);
      if (awaited === 'first') window.scrollTo({ top: 0 });
      awaited = undefined;
    },
    change(text) {
      items.find((item) => item.text.key === text.key)?.show(text);
    },
    refuse(key, message) {
      items.find((item) => item.text.key === key)?.refuse(message);
    },
  };
}

function pageButton(title: string, onClick: () => void): HTMLElement {
  return element('vscode-button', { attributes: { appearance: 'secondary' }, onClick }, title);
}
