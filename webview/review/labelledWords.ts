import type { Mention } from '../../src/corpus/tagged/inlineTags.ts';
import { element } from '../dom.ts';
import { openLabelMenu } from './labelMenu.ts';
import { markedText } from './markedText.ts';
import type { LabelLook, ReviewTextView } from './protocol.ts';
import { type Range as TextPart, relabelled, wholeWords, wordsIn } from './relabel.ts';

interface LabelledWords {
  readonly root: HTMLElement;
  /** Lets the arrow keys choose words; Enter opens the menu of labels. */
  enter(): void;
}

interface Handlers {
  readonly relabel: (mentions: readonly Mention[]) => void;
  /** Called when the keys leave the words. */
  readonly leave: () => void;
}

/**
 * The words of a text with its mentions. A press on a mention, or on words that are selected, opens the menu of labels.
 * A text whose tags cannot be read is only shown.
 */
export function labelledWords(
  { text, mentions, isRead }: ReviewTextView,
  looks: readonly LabelLook[],
  { relabel, leave }: Handlers,
): LabelledWords {
  const words = wordsIn(text);
  let first = 0;
  let last = 0;

  const ask = (range: TextPart, below: DOMRect): void => {
    const current = mentions.find(({ start, end }) => start === range.start && end === range.end);
    openLabelMenu(root, {
      below,
      words: text.slice(range.start, range.end),
      looks,
      current: current?.label,
      onChoose: (label) => relabel(relabelled(mentions, range, label)),
      onClose: leave,
    });
  };
  const said = element('span', { class: 'unseen', attributes: { role: 'status' } });
  const shown = element(
    'p',
    { class: 'words' },
    ...markedText(
      text,
      mentions,
      looks,
      isRead ? (mention, mark) => ask(mention, mark.getBoundingClientRect()) : undefined,
    ),
  );
  const root = element('div', { class: 'labelled' }, shown, said);
  if (!isRead) return { root, enter: leave };

  const chosen = (): TextPart | undefined => {
    const ends = [words[Math.min(first, last)], words[Math.max(first, last)]];
    return ends[0] === undefined || ends[1] === undefined
      ? undefined
      : { start: ends[0].start, end: ends[1].end };
  };
  /** Selects the chosen words on the page, and says them. */
  const select = (): void => {
    const range = chosen();
    if (range === undefined) return;
    const mention = mentions.find(({ start, end }) => start < range.end && end > range.start);
    said.textContent = [text.slice(range.start, range.end), mention?.label].filter(Boolean).join(', ');
    const [from, to] = [pointOf(shown, range.start, false), pointOf(shown, range.end, true)];
    getSelection()?.setBaseAndExtent(from.node, from.at, to.node, to.at);
  };
  shown.tabIndex = -1;
  shown.addEventListener('mouseup', ({ target }) => {
    const selection = getSelection();
    if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return;
    const range = selection.getRangeAt(0);
    if (!shown.contains(range.startContainer) || !shown.contains(range.endContainer)) return;
    // A press on a mention has its own menu.
    if (target instanceof Element && target.closest('mark') !== null && range.toString() === '') return;
    const whole = wholeWords(text, {
      start: offsetOf(shown, range.startContainer, range.startOffset),
      end: offsetOf(shown, range.endContainer, range.endOffset),
    });
    if (whole !== undefined) ask(whole, range.getBoundingClientRect());
  });
  shown.addEventListener('keydown', (event) => {
    const { key, shiftKey } = event;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
    if (step !== undefined) {
      last = Math.min(words.length - 1, Math.max(0, last + step));
      if (!shiftKey) first = last;
      select();
    } else if (key === 'Enter' || key === ' ') {
      const range = chosen();
      const box = getSelection()?.getRangeAt(0).getBoundingClientRect();
      if (range !== undefined && box !== undefined) ask(mentionAt(mentions, range) ?? range, box);
    } else if (key === 'Escape') {
      getSelection()?.removeAllRanges();
      leave();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    root,
    enter() {
      const mention = mentions[0];
      first = last = Math.max(
        0,
        words.findIndex(({ end }) => mention !== undefined && end > mention.start),
      );
      shown.focus();
      select();
    },
  };
}

/** The mention that one chosen word is in: its label is the one that is meant. */
function mentionAt(mentions: readonly Mention[], range: TextPart): TextPart | undefined {
  return mentions.find(({ start, end }) => start <= range.start && range.end <= end);
}

/** Text nodes of the text itself: the names of labels, which stand in between, are no part of it. */
function textNodes(root: HTMLElement): Text[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest('.tag') === null ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT,
  );
  const found: Text[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node instanceof Text) found.push(node);
  }
  return found;
}

/** How many characters of the text stand before a place on the page. */
function offsetOf(root: HTMLElement, container: Node, at: number): number {
  const place = document.createRange();
  place.setStart(root, 0);
  place.setEnd(container, at);
  let offset = 0;
  for (const node of textNodes(root)) {
    if (node === container) return offset + at;
    const end = document.createRange();
    end.selectNodeContents(node);
    if (place.compareBoundaryPoints(Range.END_TO_END, end) < 0) return offset;
    offset += node.length;
  }
  return offset;
}

/** The place on the page of an offset in the text. */
function pointOf(
  root: HTMLElement,
  offset: number,
  isEnd: boolean,
): { readonly node: Node; readonly at: number } {
  let left = offset;
  for (const node of textNodes(root)) {
    if (left < node.length || (isEnd && left === node.length)) return { node, at: left };
    left -= node.length;
  }
  return { node: root, at: root.childNodes.length };
}
