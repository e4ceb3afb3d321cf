import type { LabelLook, ReviewCounts, ReviewTextView } from '../../../webview/review/protocol.ts';
import { formatInlineTags } from '../../corpus/tagged/inlineTags.ts';
import type { EntityType } from '../../project/project.ts';
import type { ReviewText } from '../../runs/review/reviewText.ts';
import { type OtherSlots, slotCount, styleKeyOf } from '../../annotation/styleKey.ts';

/** What the page shows of a text. `queued` are the requests that are queued again already. */
export function textView(text: ReviewText, queued: ReadonlySet<number>): ReviewTextView {
  const { key, id, now, given, reviewed, refusal, unread, style, seeds, request } = text;
  const { tagged, related } = now;
  const isAsGiven = tagged === given.tagged;
  return {
    key,
    id,
    isAccepted: now.isAccepted,
    isEdited: formatInlineTags(tagged) !== formatInlineTags(given.tagged),
    ...(reviewed === undefined ? {} : { reviewed: reviewed.at }),
    text: tagged.text,
    mentions: tagged.mentions,
    tagged: isAsGiven && unread !== undefined ? unread : formatInlineTags(tagged),
    ...(related === undefined ? {} : { related }),
    ...(refusal === undefined ? {} : { refusal }),
    style,
    topics: seeds,
    canRepeat: request !== undefined && !queued.has(request),
  };
}

export function reviewCounts(texts: readonly ReviewText[]): ReviewCounts {
  let accepted = 0;
  let reviewed = 0;
  for (const text of texts) {
    if (text.now.isAccepted) accepted++;
    if (text.reviewed !== undefined) reviewed++;
  }
  return { accepted, rejected: texts.length - accepted, reviewed };
}

/** The looks that these types have in the editor, too. */
export function labelLooks(labels: readonly string[], types: readonly EntityType[]): readonly LabelLook[] {
  const others: OtherSlots = new Map();
  return labels.map((label) => {
    const key = styleKeyOf(label, types, others);
    if (key.startsWith('slot')) return { label, slot: Number(key.slice('slot'.length)) };
    return { label, slot: 1 + (Number.parseInt(key.slice(1), 16) % slotCount), color: key };
  });
}
