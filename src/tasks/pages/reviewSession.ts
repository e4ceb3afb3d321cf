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
import { formatInlineTags, type Mention } from '../../corpus/tagged/inlineTags.ts';
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

  /** How each text was before each decision since the session began, the latest at the end. */
  const past: { readonly text: ReviewText; readonly before: Standing }[] = [];

  const counts = (): ReviewCounts => ({ ...reviewCounts(review.texts), undoable: past.length });
  const changed = (text: ReviewText, words: string): TextChange => ({
    text: textView(text, queued),
    counts: counts(),
    said: words,
  });
  const decide = async (key: string, verdict: Verdict): Promise<TextChange | Refusal | undefined> => {
    const text = byKey.get(key);
    if (text === undefined) return undefined;
    const before = { now: text.now, reviewed: text.reviewed };
    try {
      await decisions.decide(text, verdict);
      past.push({ text, before });
      return changed(text, said[verdict.kind]);
    } catch (error) {
      if (error instanceof VerdictProblem) return { problem: error.message };
      throw error;
    }
  };
  const relabel = async (
    key: string,
    mentions: readonly Mention[],
  ): Promise<TextChange | Refusal | undefined> => {
    const text = byKey.get(key)?.now.tagged.text;
    if (text === undefined) return undefined;
    const problem = mentionProblem(mentions, text, review.labels);
    return problem === undefined ? decide(key, { kind: 'edit', tagged: { text, mentions } }) : { problem };
  };
  const undoLast = async (): Promise<TextChange | undefined> => {
    const latest = past.at(-1);
    if (latest === undefined) return undefined;
    for (const verdict of verdictsBack(latest.text, latest.before))
      await decisions.decide(latest.text, verdict);
    past.pop();
    return changed(latest.text, said.undo);
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
      counts: counts(),
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
      relabel: ({ key, mentions }) => inTurn(() => relabel(key, mentions)),
      undoLast: () => inTurn(undoLast),
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

/** What a decision changes of a text. */
type Standing = Pick<ReviewText, 'now' | 'reviewed'>;

/** The decisions that make a text again what it was. */
function verdictsBack({ now }: ReviewText, { now: before, reviewed }: Standing): readonly Verdict[] {
  if (reviewed === undefined) return [{ kind: 'undo' }];
  const { tagged, related, isAccepted } = before;
  const edit: Verdict = { kind: 'edit', tagged, ...(related === undefined ? {} : { related }) };
  const isSame = formatInlineTags(now.tagged) === formatInlineTags(tagged) && now.related === related;
  return [...(isSame ? [] : [edit]), { kind: isAccepted ? 'accept' : 'reject' }];
}

/** Why these cannot be the mentions of a text; undefined if they can. */
function mentionProblem(
  mentions: readonly Mention[],
  text: string,
  labels: readonly string[],
): string | undefined {
  let end = 0;
  for (const mention of mentions) {
    const isInside = mention.start >= end && mention.start < mention.end && mention.end <= text.length;
    if (!isInside) return 'Mentions must lie in the text, in its order, and must not overlap.';
    if (!labels.includes(mention.label)) return `This run has no label "${mention.label}".`;
    ({ end } = mention);
  }
  return undefined;
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
    isRead: !(isAsGiven && unread !== undefined),
    tagged: isAsGiven && unread !== undefined ? unread : formatInlineTags(tagged),
    ...(related === undefined ? {} : { related }),
    ...(refusal === undefined ? {} : { refusal }),
    style,
    topics: seeds,
    canRepeat: request !== undefined && !queued.has(request),
  };
}

function reviewCounts(texts: readonly ReviewText[]): Omit<ReviewCounts, 'undoable'> {
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
