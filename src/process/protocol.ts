import type { LayoutChoice } from '../corpus/bio/format.ts';
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

/** A training job. It has paths only: the child reads the data, so that no large data is sent between processes. */
export interface TrainJob extends TrainingChoices {
  readonly task: 'ner' | 're';
  /** Folder of the checkpoint to start from. */
  readonly base: string;
  /** Model folder to write. */
  readonly out: string;
  readonly train: readonly string[];
  /** The weight of the examples of each path in `train`; 1 each if undefined. */
  readonly weights?: readonly number[];
  readonly dev?: readonly string[];
  /** What a person said about the layout of the files. */
  readonly layout?: LayoutChoice | undefined;
  /** The folder whose chartmark.json names the relation types. If it has no chartmark.json, the defaults are used. */
  readonly projectFolder: string;
}

interface ModelJob {
  /** The folder of the model. */
  readonly model: string;
  /** The precision of the weights; if undefined, the one in the model's record. */
  readonly precision?: Precision;
}

/** Finds mentions in documents with a token-classification model. */
interface AnnotateJob extends ModelJob {
  readonly documents: readonly Document[];
}

/** Finds relations between the mentions of documents with a sequence-classification model. */
interface RelateJob extends ModelJob {
  readonly documents: readonly Document[];
  /** The folder whose chartmark.json names the relation types, for a model whose record names none. */
  readonly projectFolder: string;
  /** The largest number of consecutive sentences that a pair may span; as in training if undefined. */
  readonly window?: number;
}

/** Labels masked sentences with a sequence-classification model. */
interface ClassifyJob extends ModelJob {
  readonly rows: readonly RelationRow[];
}

/** Compares the sentences of a run with the user's own by their embeddings. */
interface MapTextsJob {
  /** Folder of the encoder. */
  readonly encoder: string;
  /** As many as in `own`: otherwise the larger side has nearer neighbours. */
  readonly synthetic: readonly string[];
  readonly own: readonly string[];
}

interface TextProgress {
  readonly done: number;
  readonly total: number;
}

/** All jobs of the child process, with their input, progress and result. */
export interface Jobs {
  readonly train: { input: TrainJob; progress: TrainProgress; result: TrainResult };
  readonly keepBest: { input: KeepBestOptions; progress: never; result: KeptModel | undefined };
  readonly annotate: { input: AnnotateJob; progress: AnnotateProgress; result: readonly Document[] };
  readonly relate: { input: RelateJob; progress: AnnotateProgress; result: RelatedDocuments };
  readonly classify: { input: ClassifyJob; progress: TextProgress; result: readonly RelationRow[] };
  readonly mapTexts: { input: MapTextsJob; progress: TextProgress; result: TextMap };
}

export type JobName = keyof Jobs;

/** An error as it is sent between processes. */
export type Failure =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'user'; readonly message: string; readonly place?: Place; readonly nextStep?: string }
  | { readonly kind: 'bug'; readonly message: string; readonly stack?: string };

interface StartMessage<N extends JobName = JobName> {
  readonly kind: 'start';
  readonly id: number;
  readonly job: N;
  readonly input: Jobs[N]['input'];
}

/** Stops a running job, which then ends with a failure of kind `cancelled`. */
interface CancelMessage {
  readonly kind: 'cancel';
  readonly id: number;
}

export type ToWorker = { readonly [N in JobName]: StartMessage<N> }[JobName] | CancelMessage;

/** A message of the child process: the progress of a job, its result, or why it failed. */
export type FromWorker =
  | { readonly kind: 'progress'; readonly id: number; readonly progress: Jobs[JobName]['progress'] }
  /** Whether the job is writing files: a cancelled job must not be killed while it does. */
  | { readonly kind: 'writing'; readonly id: number; readonly isWriting: boolean }
  | { readonly kind: 'result'; readonly id: number; readonly result: Jobs[JobName]['result'] }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure };
