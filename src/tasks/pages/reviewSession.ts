import path from 'node:path';
import type { Refusal, ReviewMap, ReviewProtocol, TextChange } from '../../../webview/review/protocol.ts';
import { byPerson } from '../../runs/review/decisions.ts';
import type { Project } from '../../project/project.ts';
import { requeueRequest } from '../../runs/review/requeueRequest.ts';
import { countTexts } from '../../runs/review/countTexts.ts';
import { openDecisions, type Verdict, VerdictProblem } from '../../runs/review/decide.ts';
import { facetsOf, filterTexts } from '../../runs/review/filterTexts.ts';
import { readRunReview } from '../../runs/review/readRunReview.ts';
import type { ReviewText, RunReview } from '../../runs/review/reviewText.ts';
import type { Page } from './pageLink.ts';
import { labelLooks, reviewCounts, textView } from './textView.ts';

interface SessionHooks {
  readonly drawMap: (review: RunReview) => Promise<ReviewMap>;
  /** Hears that the request of a text is queued again. */
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
      // Whoever drew it hears of its failure.
      latestMap: () => map?.catch(() => undefined),
    },
    async close() {
      await last;
      await decisions.close();
    },
  };
}
