import type { Document } from '../corpus/document.ts';
import type { RelationRow } from '../corpus/relationRows.ts';
import type { Place } from '../foundation/userError.ts';
import type { RelatedDocuments } from '../model/relateMentions.ts';
import type { Precision } from '../model/folder.ts';
import type { AnnotateProgress } from '../model/tokenClassifier.ts';
import type { TrainingChoices } from '../project/trainingOptions.ts';
import type { KeepBestOptions, KeptModel } from '../training/keepBest.ts';
import type { TextMap } from '../evaluation/textMap/textMap.ts';
import type { TrainProgress, TrainResult } from '../training/trainOptions.ts';

/** What to train, by paths: the child reads the data, so that nothing large crosses the process border. */
export interface TrainJob extends TrainingChoices {
  readonly task: 'ner' | 're';
  /** Folder of the checkpoint to start from. */
  readonly base: string;
  /** Model folder to write. */
  readonly out: string;
  readonly train: readonly string[];
  /** How much the examples of each path of `train` count, beside the others; 1 each when left out. */
  readonly weights?: readonly number[];
  readonly dev?: readonly string[];
  /** The folder whose chartmark.json names the relation types; the defaults hold when it has none. */
  readonly projectFolder: string;
}

/** What every job that runs a model is given. */
interface ModelJob {
  /** The model's folder. */
  readonly model: string;
  /** Of the weights; as the model's record says if left out. */
  readonly precision?: Precision;
}

/** Find mentions in documents with a token-classification model. */
interface AnnotateJob extends ModelJob {
  readonly documents: readonly Document[];
}

/** Find relations between the mentions of documents with a sequence-classification model. */
interface RelateJob extends ModelJob {
  readonly documents: readonly Document[];
  /** The folder whose chartmark.json names the relation types, for a model whose record names none. */
  readonly projectFolder: string;
  /** Most sentences in a row that a pair may span; as in training if left out. */
  readonly window?: number;
}

/** Label masked sentences with a sequence-classification model. */
interface ClassifyJob extends ModelJob {
  readonly rows: readonly RelationRow[];
}

/** Set a run's sentences beside the user's own by what an encoder makes of them. */
interface MapTextsJob {
  /** Folder of the encoder. */
  readonly encoder: string;
  /** As many of the one as of the other: else the larger side has the nearer neighbours. */
  readonly synthetic: readonly string[];
  readonly own: readonly string[];
}

/** Texts done so far. */
interface TextProgress {
  readonly done: number;
  readonly total: number;
}

/** Every job the child knows: what goes in, what it reports on the way, what comes out. */
export interface Jobs {
  readonly train: { input: TrainJob; progress: TrainProgress; result: TrainResult };
  /** Makes a model of what a stopped training has left. */
  readonly keepBest: { input: KeepBestOptions; progress: never; result: KeptModel | undefined };
  readonly annotate: { input: AnnotateJob; progress: AnnotateProgress; result: readonly Document[] };
  readonly relate: { input: RelateJob; progress: AnnotateProgress; result: RelatedDocuments };
  readonly classify: { input: ClassifyJob; progress: TextProgress; result: readonly RelationRow[] };
  readonly mapTexts: { input: MapTextsJob; progress: TextProgress; result: TextMap };
}

export type JobName = keyof Jobs;

/** An error as it crosses the process border. */
export type Failure =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'user'; readonly message: string; readonly place?: Place; readonly nextStep?: string }
  | { readonly kind: 'bug'; readonly message: string; readonly stack?: string };

/** Starts a job. */
interface StartMessage<N extends JobName = JobName> {
  readonly kind: 'start';
  readonly id: number;
  readonly job: N;
  readonly input: Jobs[N]['input'];
}

/** Asks a running job to stop; it answers with a failure of kind `cancelled`. */
interface CancelMessage {
  readonly kind: 'cancel';
  readonly id: number;
}

export type ToWorker = { readonly [N in JobName]: StartMessage<N> }[JobName] | CancelMessage;

/** What the child says: how far a job is, what it made, or why it ended without. */
export type FromWorker =
  | { readonly kind: 'progress'; readonly id: number; readonly progress: Jobs[JobName]['progress'] }
  /** Files begin to be written, or are: a cancelled job is not to be cut off in between. */
  | { readonly kind: 'writing'; readonly id: number; readonly isWriting: boolean }
  | { readonly kind: 'result'; readonly id: number; readonly result: Jobs[JobName]['result'] }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure };
