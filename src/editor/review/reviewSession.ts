import path from 'node:path';
import type {
  HostToReviewPageMessage,
  ReviewMap,
  ReviewPageToHostMessage,
} from '../../../webview/review/protocol.ts';
import { byPerson } from '../../runs/review/decisions.ts';
import type { Project } from '../../project/project.ts';
import { requeueRequest } from '../../runs/review/requeueRequest.ts';
import { countTexts } from '../../runs/review/countTexts.ts';
import { openDecisions, type Verdict, VerdictProblem } from '../../runs/review/decide.ts';
import { facetsOf, filterTexts } from '../../runs/review/filterTexts.ts';
import { readRunReview } from '../../runs/review/readRunReview.ts';
import type { ReviewText, RunReview } from '../../runs/review/reviewText.ts';
import { labelLooks, reviewCounts, textView } from './textView.ts';

interface SessionHooks {
  readonly post: (message: HostToReviewPageMessage) => void;
  readonly drawMap: (review: RunReview) => Promise<ReviewMap>;
  /** Tells the user that a request is queued again, and what that means. */
  readonly onQueued: (request: number, number: number) => void;
}

/** What the page of one run asks of the host. */
export interface ReviewSession {
  answer(message: ReviewPageToHostMessage): Promise<void>;
  close(): Promise<void>;
}

const said = {
  accept: 'Accepted.',
  reject: 'Rejected.',
  undo: 'As the run left it.',
  edit: 'Saved.',
} as const;

/** Reads the run in `folder` and answers for it. Throws `UserError`. */
export async function openReviewSession(
  folder: string,
  project: Project,
  { post, drawMap, onQueued }: SessionHooks,
): Promise<ReviewSession> {
  const review = await readRunReview(folder, project);
  const decisions = openDecisions(review, byPerson);
  const byKey = new Map(review.texts.map((text) => [text.key, text]));
  const asked = new Set<number>();
  let found: readonly ReviewText[] = [];
  let last: Promise<void> = Promise.resolve();

  const showText = (text: ReviewText, words: string): void =>
    post({ type: 'showText', text: textView(text, asked), counts: reviewCounts(review.texts), said: words });

  const decide = async (key: string, verdict: Verdict): Promise<void> => {
    const text = byKey.get(key);
    if (text === undefined) return;
    try {
      await decisions.decide(text, verdict);
      showText(text, said[verdict.kind]);
    } catch (error) {
      if (!(error instanceof VerdictProblem)) throw error;
      post({ type: 'refuse', key, message: error.message });
    }
  };
  /** One after the other: each rests on what the one before has made of the text. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };

  return {
    async answer(message) {
      switch (message.type) {
        case 'ready':
          post({
            type: 'showRun',
            title: `Review of ${path.basename(folder)}`,
            isRelationRun: review.task === 're',
            looks: labelLooks(review.labels, project.entityTypes),
            facets: facetsOf(review.texts, review.labels),
            counts: reviewCounts(review.texts),
          });
          return;
        case 'find': {
          const { number, filter, from, count, isNew } = message;
          if (isNew) found = filterTexts(review.texts, filter);
          // A page that is kept over a change of the files may lie behind their end.
          const begin = from < found.length ? from : 0;
          post({
            type: 'showTexts',
            number,
            from: begin,
            total: found.length,
            texts: found.slice(begin, begin + count).map((text) => textView(text, asked)),
          });
          return;
        }
        case 'decide':
          return inTurn(() => decide(message.key, { kind: message.verdict }));
        case 'edit': {
          const { key, tagged, related } = message;
          return inTurn(() =>
            decide(key, { kind: 'edit', tagged, ...(related === undefined ? {} : { related }) }),
          );
        }
        case 'askAgain': {
          const text = byKey.get(message.key);
          if (text?.request === undefined || asked.has(text.request)) return;
          const { request } = text;
          const number = await requeueRequest(folder, request);
          asked.add(request);
          showText(text, 'Queued again.');
          onQueued(request, number);
          return;
        }
        case 'count':
          post({ type: 'showStatistics', statistics: await countTexts(review.texts, review.labels) });
          return;
        case 'drawMap':
          post({ type: 'mapStatus', text: 'Reading both kinds of text ...', isBusy: true });
          try {
            post({ type: 'showMap', map: await drawMap(review) });
          } catch (error) {
            post({ type: 'mapStatus', text: '', isBusy: false });
            throw error;
          }
      }
    },
    async close() {
      await last;
      await decisions.close();
    },
  };
}
