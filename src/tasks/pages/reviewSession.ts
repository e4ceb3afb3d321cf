import path from 'node:path';
import type {
  LabelLook,
  Refusal,
  ReviewCounts,
  ReviewMap,
  ReviewProtocol,
  ReviewTextView,
  TextChange,
} from '../../../webview/review/protocol.ts';
import { type OtherSlots, slotCount, styleKeyOf } from '../../annotation/styleKey.ts';
import { formatInlineTags } from '../../corpus/tagged/inlineTags.ts';
import type { EntityType, Project } from '../../project/project.ts';
import { countTexts } from '../../runs/review/countTexts.ts';
import { openDecisions, type Verdict, VerdictProblem } from '../../runs/review/decide.ts';
import { byPerson } from '../../runs/review/decisions.ts';
import { facetsOf, filterTexts } from '../../runs/review/filterTexts.ts';
import { readRunReview } from '../../runs/review/readRunReview.ts';
import { requeueRequest } from '../../runs/review/requeueRequest.ts';
import type { ReviewText, RunReview } from '../../runs/review/reviewText.ts';
import type { Page } from './pageLink.ts';

interface SessionHooks {
  readonly drawMap: (review: RunReview) => Promise<ReviewMap>;
  /** Called after the request of a text is queued again. */
  readonly onQueued: () => void;
}

/** What the page of one run shows and does, until it is closed. */
export interface ReviewSession extends Page<ReviewProtocol> {
  close(): Promise<void>;
}

const said = {
  accept: 'Accepted.',
  reject: 'Rejected.',
  undo: 'Undone.',
  edit: 'Saved.',
} as const;

/** Reads the run in `folder`. Throws `UserError`. */
export async function openReviewSession(
  folder: string,
  project: Project,
  { drawMap, onQueued }: SessionHooks,
): Promise<ReviewSession> {
  const review = await readRunReview(folder, project);
  const decisions = openDecisions(review, byPerson);
  const byKey = new Map(review.texts.map((text) => [text.key, text]));
  const queued = new Set<number>();
  const title = `Review of ${path.basename(folder)}`;
  let found: readonly ReviewText[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let map: Promise<ReviewMap> | undefined;

  const changed = (text: ReviewText, words: string): TextChange => ({
    text: textView(text, queued),
    counts: reviewCounts(review.texts),
    said: words,
  });
  const decide = async (key: string, verdict: Verdict): Promise<TextChange | Refusal | undefined> => {
    const text = byKey.get(key);
    if (text === undefined) return undefined;
    try {
      await decisions.decide(text, verdict);
      return changed(text, said[verdict.kind]);
    } catch (error) {
      if (error instanceof VerdictProblem) return { problem: error.message };
      throw error;
    }
  };
  /** One after the other: each decision builds on the text as the one before left it. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };

  return {
    title,
    content: () => ({
      title,
      isRelationRun: review.task === 're',
      looks: labelLooks(review.labels, project.entityTypes),
      facets: facetsOf(review.texts, review.labels),
      counts: reviewCounts(review.texts),
    }),
    handlers: {
      find({ filter, from, count, isNew }) {
        if (isNew) found = filterTexts(review.texts, filter);
        // A page that is kept while the files change may lie behind their end.
        const begin = from < found.length ? from : 0;
        const texts = found.slice(begin, begin + count).map((text) => textView(text, queued));
        return { from: begin, total: found.length, texts };
      },
      decide: ({ key, verdict }) => inTurn(() => decide(key, { kind: verdict })),
      edit: ({ key, ...edited }) => inTurn(() => decide(key, { kind: 'edit', ...edited })),
      async repeatRequest({ key }) {
        const text = byKey.get(key);
        if (text?.request === undefined || queued.has(text.request)) return undefined;
        await requeueRequest(folder, text.request);
        queued.add(text.request);
        onQueued();
        return changed(text, 'Queued again.');
      },
      count: () => countTexts(review.texts, review.labels),
      drawMap: () => (map = drawMap(review)),
      // A failure was already reported where the map was drawn.
      latestMap: () => map?.catch(() => undefined),
    },
    async close() {
      await last;
      await decisions.close();
    },
  };
}

/** What the page shows of a text. `queued` are the requests that are queued again already. */
function textView(text: ReviewText, queued: ReadonlySet<number>): ReviewTextView {
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

function reviewCounts(texts: readonly ReviewText[]): ReviewCounts {
  let accepted = 0;
  let reviewed = 0;
  for (const text of texts) {
    if (text.now.isAccepted) accepted++;
    if (text.reviewed !== undefined) reviewed++;
  }
  return { accepted, rejected: texts.length - accepted, reviewed };
}

/** The looks that these types have in the editor, too. */
function labelLooks(labels: readonly string[], types: readonly EntityType[]): readonly LabelLook[] {
  const others: OtherSlots = new Map();
  return labels.map((label) => {
    const key = styleKeyOf(label, types, others);
    if (key.startsWith('slot')) return { label, slot: Number(key.slice('slot'.length)) };
    return { label, slot: 1 + (Number.parseInt(key.slice(1), 16) % slotCount), color: key };
  });
}
