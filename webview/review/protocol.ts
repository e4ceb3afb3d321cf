import type { Mention } from '../../src/corpus/tagged/inlineTags.ts';
import type { ReviewFacets, ReviewFilter } from '../../src/runs/review/filterTexts.ts';
import type { ReviewStatistics } from '../../src/runs/review/reviewStatistics.ts';
import type { TextMap } from '../../src/evaluation/textMap/textMap.ts';
import type { ReadyMessage } from '../protocol.ts';

/** Find texts; the host answers with `showTexts` of the same number. */
interface FindMessage {
  readonly type: 'find';
  /** Counts up, so that an answer that was overtaken is known. */
  readonly number: number;
  readonly filter: ReviewFilter;
  /** The first to show, from 0, and how many. The others stay with the host, however many there are. */
  readonly from: number;
  readonly count: number;
  /** Else the texts found before are shown on, whatever has become of them since. */
  readonly isNew: boolean;
}

interface DecideMessage {
  readonly type: 'decide';
  readonly key: string;
  readonly verdict: 'accept' | 'reject' | 'undo';
}

interface EditMessage {
  readonly type: 'edit';
  readonly key: string;
  /** With inline tags. */
  readonly tagged: string;
  /** Of relation runs. */
  readonly related?: boolean;
}

/** Queue the request that brought this text again. */
interface AskAgainMessage {
  readonly type: 'askAgain';
  readonly key: string;
}

/** Count, and answer with `showStatistics`. */
interface CountMessage {
  readonly type: 'count';
}

/** Ask for files of the user's, and answer with `showMap`. */
interface DrawMapMessage {
  readonly type: 'drawMap';
}

export type ReviewPageToHostMessage =
  | ReadyMessage
  | FindMessage
  | DecideMessage
  | EditMessage
  | AskAgainMessage
  | CountMessage
  | DrawMapMessage;

/** How the mentions of a type look: one of the theme's eight colours, or one of its own. */
export interface LabelLook {
  readonly label: string;
  /** From 1 to 8. */
  readonly slot: number;
  /** `#rrggbb`, where the project gives the type one. */
  readonly color?: string;
}

interface ShowRunMessage {
  readonly type: 'showRun';
  readonly title: string;
  readonly isRelationRun: boolean;
  readonly looks: readonly LabelLook[];
  readonly facets: ReviewFacets;
  readonly counts: ReviewCounts;
}

export interface ReviewCounts {
  readonly accepted: number;
  readonly rejected: number;
  readonly reviewed: number;
}

interface ShowTextsMessage {
  readonly type: 'showTexts';
  readonly number: number;
  readonly from: number;
  readonly total: number;
  readonly texts: readonly ReviewTextView[];
}

/** One text as it is now. */
export interface ReviewTextView {
  readonly key: string;
  readonly id: string;
  readonly isAccepted: boolean;
  readonly isEdited: boolean;
  /** When somebody decided about it (ISO 8601). */
  readonly reviewed?: string;
  readonly text: string;
  readonly mentions: readonly Mention[];
  /** The text with inline tags, to be edited. */
  readonly tagged: string;
  /** Of relation runs, where it is known. */
  readonly related?: boolean;
  /** Why the run refused it. */
  readonly refusal?: { readonly reason: string; readonly detail: string };
  readonly style: string;
  readonly seeds: readonly string[];
  /** Whether the ledger has the request that brought it. */
  readonly canAskAgain: boolean;
}

/** What has become of one text. */
interface ShowTextMessage {
  readonly type: 'showText';
  readonly text: ReviewTextView;
  readonly counts: ReviewCounts;
  /** What was done, for everybody to read. */
  readonly said: string;
}

/** Why something cannot be done with a text. */
interface RefuseMessage {
  readonly type: 'refuse';
  readonly key: string;
  readonly message: string;
}

interface ShowStatisticsMessage {
  readonly type: 'showStatistics';
  readonly statistics: ReviewStatistics;
}

/** The map, with the sentences that its dots stand for, in their order. */
export interface ReviewMap extends Pick<TextMap, 'share' | 'gap'> {
  /** Across and up, one after the other. */
  readonly synthetic: readonly number[];
  readonly own: readonly number[];
  readonly texts: { readonly synthetic: readonly string[]; readonly own: readonly string[] };
  readonly farthest: readonly { readonly text: string; readonly similarity: number }[];
  /** How many sentences there are in all, of which as many of each were drawn. */
  readonly all: { readonly synthetic: number; readonly own: number };
}

interface ShowMapMessage {
  readonly type: 'showMap';
  readonly map: ReviewMap;
}

/** How far the map is, or why there is none. */
interface MapStatusMessage {
  readonly type: 'mapStatus';
  readonly text: string;
  readonly isBusy: boolean;
}

export type HostToReviewPageMessage =
  | ShowRunMessage
  | ShowTextsMessage
  | ShowTextMessage
  | RefuseMessage
  | ShowStatisticsMessage
  | ShowMapMessage
  | MapStatusMessage;

/** What the page keeps through `setState`. */
export interface ReviewPageState {
  readonly filter: ReviewFilter;
  readonly from: number;
  readonly tab: ReviewTab;
}

export type ReviewTab = 'texts' | 'statistics' | 'map';
