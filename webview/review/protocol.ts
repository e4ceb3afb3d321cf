import type { Mention } from '../../src/corpus/tagged/inlineTags.ts';
import type { ReviewFacets, ReviewFilter } from '../../src/runs/review/filterTexts.ts';
import type { ReviewStatistics } from '../../src/runs/review/reviewStatistics.ts';
import type { TextMap } from '../../src/evaluation/textMap/textMap.ts';

export interface ReviewProtocol {
  readonly content: ReviewContent;
  readonly message:
    | FindMessage
    | DecideMessage
    | EditMessage
    | RelabelMessage
    | UndoLastMessage
    | RepeatRequestMessage
    | CountMessage
    | DrawMapMessage
    | LatestMapMessage;
  readonly replies: {
    readonly find: FoundTexts;
    /** Undefined if the run has no such text, or if nothing was left to do. */
    readonly decide: TextChange | Refusal | undefined;
    readonly edit: TextChange | Refusal | undefined;
    readonly relabel: TextChange | Refusal | undefined;
    /** Undefined if nothing is left to undo. */
    readonly undoLast: TextChange | undefined;
    readonly repeatRequest: TextChange | undefined;
    readonly count: ReviewStatistics;
    readonly drawMap: ReviewMap;
    /** Undefined if none was drawn yet. */
    readonly latestMap: ReviewMap | undefined;
  };
  readonly state: ReviewPageState;
}

/** The run; its texts are found by `FindMessage`. */
export interface ReviewContent {
  readonly title: string;
  readonly isRelationRun: boolean;
  readonly looks: readonly LabelLook[];
  readonly facets: ReviewFacets;
  readonly counts: ReviewCounts;
}

/** Find texts. */
interface FindMessage {
  readonly type: 'find';
  readonly filter: ReviewFilter;
  /** The first to show, from 0, and how many. The others stay with the host, however many there are. */
  readonly from: number;
  readonly count: number;
  /** If false, the texts found before are paged through, whatever has become of them since. */
  readonly isNew: boolean;
}

/** Accept a text, reject it, or restore it as the run left it. */
interface DecideMessage {
  readonly type: 'decide';
  readonly key: string;
  readonly verdict: 'accept' | 'reject' | 'undo';
}

/** Put this in place of a text, and accept it. */
interface EditMessage {
  readonly type: 'edit';
  readonly key: string;
  /** With inline tags. */
  readonly tagged: string;
  /** Only for relation runs. */
  readonly related?: boolean;
}

/** Put these mentions in place of a text's own, and accept it. */
interface RelabelMessage {
  readonly type: 'relabel';
  readonly key: string;
  readonly mentions: readonly Mention[];
}

/** Take back the decision that was made last, whichever text it was about. */
interface UndoLastMessage {
  readonly type: 'undoLast';
}

/** Queue the request that this text came from once more. */
interface RepeatRequestMessage {
  readonly type: 'repeatRequest';
  readonly key: string;
}

/** Count what the accepted texts are made of. */
interface CountMessage {
  readonly type: 'count';
}

/** Ask for files of the user, and draw their map. */
interface DrawMapMessage {
  readonly type: 'drawMap';
}

/** The map that was drawn last, or that is being drawn. */
interface LatestMapMessage {
  readonly type: 'latestMap';
}

/** How the mentions of a type look: in one of the theme's eight colours, or in a colour of the project. */
export interface LabelLook {
  readonly label: string;
  /** From 1 to 8. */
  readonly slot: number;
  /** `#rrggbb`, if the project gives the type one. */
  readonly color?: string;
}

export interface ReviewCounts {
  /** Decisions since the page was opened that can be undone. */
  readonly undoable: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly reviewed: number;
}

export interface FoundTexts {
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
  /** Whether its tags could be read: mentions of other texts can only be changed by editing the text. */
  readonly isRead: boolean;
  /** The text with inline tags, to be edited. */
  readonly tagged: string;
  /** Of relation runs, if it is known. */
  readonly related?: boolean;
  /** Why the run rejected it. */
  readonly refusal?: { readonly reason: string; readonly detail: string };
  readonly style: string;
  readonly topics: readonly string[];
  /** Whether the ledger has the request that it came from, not queued again yet. */
  readonly canRepeat: boolean;
}

/** What has become of a text. */
export interface TextChange {
  readonly text: ReviewTextView;
  readonly counts: ReviewCounts;
  /** What was done, for screen readers. */
  readonly said: string;
}

/** Why something cannot be done with a text. */
export interface Refusal {
  readonly problem: string;
}

/** The map, with the sentences that its dots stand for, in their order. */
export interface ReviewMap extends Pick<TextMap, 'share' | 'gap'> {
  /** Across and up, one after the other. */
  readonly synthetic: readonly number[];
  readonly own: readonly number[];
  readonly texts: { readonly synthetic: readonly string[]; readonly own: readonly string[] };
  readonly farthest: readonly { readonly text: string; readonly similarity: number }[];
  /** How many sentences there are in all; the map shows as many of each kind. */
  readonly all: { readonly synthetic: number; readonly own: number };
}

interface ReviewPageState {
  readonly filter: ReviewFilter;
  readonly from: number;
  readonly tab: ReviewTab;
}

export type ReviewTab = 'texts' | 'statistics' | 'map';
