import { grouped } from '../../src/foundation/numbers.ts';
import type { ReviewFilter } from '../../src/runs/review/filterTexts.ts';
import { element } from '../dom.ts';
import { button } from '../ui/button.ts';
import { host } from './host.ts';
import { itemList, keyLegend, type PageEnd } from './itemList.ts';
import type { FoundTexts, Refusal, ReviewContent, ReviewTextView, TextChange } from './protocol.ts';
import { textItem, type ItemAction, type TextItem } from './textItem.ts';

/** How many texts are shown at once. */
const pageSize = 50;

interface TextList {
  readonly root: HTMLElement;
  /** Shows what has become of a text, if it is in the list, and moves the focus to it. */
  take(change: TextChange): void;
  /** Searches again and shows the texts from index `from`. */
  find(filter: ReviewFilter, from?: number): void;
}

/** The texts that match a filter, one page at a time. `onChange` is called with each change of a text. */
export function textList(run: ReviewContent, onChange: (change: TextChange) => void): TextList {
  /** Counts the searches, so that a late reply to an earlier one is ignored. */
  let searches = 0;
  let from = 0;
  let total = 0;
  let filter: ReviewFilter = {};

  const search = async (isNew: boolean, focus?: PageEnd): Promise<void> => {
    const mine = ++searches;
    const found = await host.request({ type: 'find', filter, from, count: pageSize, isNew });
    if (found !== undefined && mine === searches) show(found, focus);
  };
  const turn = (step: number, focus: PageEnd): void => {
    const next = from + step * pageSize;
    if (next < 0 || next >= total) return;
    from = next;
    void search(false, focus);
  };
  /** Shows the changed text, or why it could not be changed. */
  const take = async (key: string, reply: Promise<TextChange | Refusal | undefined>): Promise<void> => {
    const result = await reply;
    if (result === undefined) return;
    const item = list.item(key);
    if ('problem' in result) {
      item?.refuse(result.problem);
    } else {
      item?.show(result.text);
      onChange(result);
    }
  };
  const act = (item: TextItem, action: ItemAction): void => {
    const { key } = item.text;
    if (action === 'edit') item.edit();
    else if (action === 'label') item.label();
    else if (action === 'repeatRequest') void take(key, host.request({ type: 'repeatRequest', key }));
    else void take(key, host.request({ type: 'decide', key, verdict: action }));
  };
  const list = itemList({ act, turn });
  const pages = pager((step) => turn(step, 'first'));
  const makeItem = (text: ReviewTextView, index: number): TextItem => {
    const { key } = text;
    const item = textItem(
      text,
      { ...run, place: from + index + 1, total },
      {
        act: (action) => act(item, action),
        save: (edited) => void take(key, host.request({ type: 'edit', key, ...edited })),
        relabel: (mentions) => void take(key, host.request({ type: 'relabel', key, mentions })),
      },
    );
    return item;
  };
  const show = (found: FoundTexts, focus: PageEnd | undefined): void => {
    ({ from, total } = found);
    host.keep({ from });
    pages.show(found);
    list.show(found.texts.map(makeItem), focus);
    if (focus === 'first') window.scrollTo({ top: 0 });
  };

  return {
    root: element(
      'div',
      {},
      element('div', { class: 'bar' }, pages.status, keyLegend()),
      list.root,
      pages.buttons,
    ),
    take(change) {
      const item = list.item(change.text.key);
      item?.show(change.text);
      item?.root.focus();
      onChange(change);
    },
    find(next, start = 0) {
      filter = next;
      from = start;
      void search(true);
    },
  };
}

/** The sentence that says which texts are shown, and the buttons that turn the page. */
function pager(turn: (step: number) => void) {
  const status = element('p', { class: 'quiet', attributes: { role: 'status' } });
  const earlier = button({ text: 'Previous page', onClick: () => turn(-1) });
  const later = button({ text: 'Next page', onClick: () => turn(1) });
  return {
    status,
    buttons: element('nav', { class: 'pager', attributes: { 'aria-label': 'Pages' } }, earlier, later),
    show({ from, total, texts }: FoundTexts): void {
      const end = from + texts.length;
      status.textContent =
        total === 0 ? 'No texts match.' : `${grouped(from + 1)} to ${grouped(end)} of ${grouped(total)}`;
      earlier.toggleAttribute('disabled', from === 0);
      later.toggleAttribute('disabled', end >= total);
    },
  };
}
