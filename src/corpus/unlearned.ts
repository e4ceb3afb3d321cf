import { counted } from '../foundation/numbers.ts';
import type { Document, Span, TextRange } from './document.ts';
import { selectFlatSpans } from './spanSelection.ts';
import { tokenSentences } from './tokenisation.ts';

/**
 * What a tagging model cannot learn from documents, in sentences: mentions that tags cannot hold (discontinuous, nested and
 * overlapping ones), mentions without a word, and mentions that begin or end inside a word.
 */
export function unlearnedNotes(documents: readonly Document[]): readonly string[] {
  const reasons = new Map<string, number>();
  const add = (reason: string): void => void reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  let mentions = 0;
  let first: { readonly document: string; readonly span: Span } | undefined;
  let widened = 0;
  for (const document of documents) {
    mentions += document.spans.length;
    const { flat, dropped } = selectFlatSpans(document);
    for (const { reason } of dropped) add(reason);
    const words = tokenSentences(document, flat).flat();
    const empty = flat.filter((span) => wordsOf(span, words).length === 0);
    for (const _ of empty) add('without a word');
    widened += flat.filter((span) => isWidened(document.text, span, wordsOf(span, words))).length;
    const span = dropped[0]?.span ?? empty[0];
    if (span !== undefined) first ??= { document: document.id, span };
  }
  const unlearned = [...reasons.values()].reduce((sum, count) => sum + count, 0);
  const list = [...reasons].map(([reason, count]) => `${count} ${reason}`).join(', ');
  return [
    ...(first === undefined
      ? []
      : [
          `${unlearned} of ${counted(mentions, 'mention')} cannot be learned, because tags cannot represent them: ` +
            `${list}. The first is ${first.span.label} in ${first.document}.`,
        ]),
    ...(widened === 0
      ? []
      : [`${counted(widened, 'mention')} begin or end inside a word. The model learns the whole words.`]),
  ];
}

/** The words that overlap a span, by binary search. */
function wordsOf({ start, end }: TextRange, words: readonly TextRange[]): readonly TextRange[] {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((words[middle] as TextRange).end <= start) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while (last < words.length && (words[last] as TextRange).start < end) last++;
  return words.slice(low, last);
}

/** Whether the words of a span reach beyond it. White space at its edges does not count. */
function isWidened(text: string, { start, end }: TextRange, words: readonly TextRange[]): boolean {
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) return false;
  return first.start < start || last.end > end || text.slice(start, end).trim() === '';
}
