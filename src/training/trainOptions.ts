import type { TokenExample } from '../corpus/examples.ts';
import type { RelationRow } from '../corpus/relationRows.ts';
import type { DataSource } from '../model/folder.ts';
import type { RelationSchema } from '../project/relationSchema.ts';
import type { TrainingChoices } from '../project/trainingOptions.ts';

/** The weight of an example in training; 1 if left out. */
interface Weighted {
  readonly weight?: number;
}

export type WeightedExample = TokenExample & Weighted;
export type WeightedRow = RelationRow & Weighted;

/** Labelled text to train on or to choose the best epoch by. */
export type TrainingData =
  | { readonly task: 'ner'; readonly examples: readonly WeightedExample[] }
  | {
      readonly task: 're';
      readonly rows: readonly WeightedRow[];
      /** How the rows were made from documents, to be recorded with the model. */
      readonly schema?: RelationSchema;
    };

/** Options that are left out have the values of `trainingDefaults`. */
export interface TrainOptions extends Omit<TrainingChoices, 'relationInput' | 'relationWindow'> {
  readonly task: 'ner' | 're';
  /** Folder of the checkpoint to start from. */
  readonly base: string;
  /** Model folder to write; an existing one is replaced once the new one is complete. */
  readonly out: string;
  readonly train: TrainingData;
  /** If left out, a part of `train` is split off. */
  readonly dev?: TrainingData;
  /** The number of cores to use; all if left out. */
  readonly threads?: number;
  /** Where the data was read from, to be recorded. */
  readonly sources?: { readonly train: readonly DataSource[]; readonly dev?: readonly DataSource[] };
  /** What a person should know about the data, in sentences, to be shown and recorded. */
  readonly notes?: readonly string[];
  /** Versions of programs to record, besides those of Node and ONNX Runtime. */
  readonly versions?: Readonly<Record<string, string>>;
}

export interface TrainProgress {
  readonly phase: 'load' | 'train' | 'evaluate' | 'save';
  /** The current epoch, from 1; 0 while loading. */
  readonly epoch: number;
  readonly epochs: number;
  /** Updates done. */
  readonly step: number;
  readonly steps: number;
  /** What a person should know about the data, in sentences: once, when it was read. */
  readonly notes?: readonly string[];
  /** Moving average. */
  readonly loss?: number;
  /** Of the last epoch that was scored. */
  readonly devF1?: number;
  /** The same by type, if this process scored it. */
  readonly devF1ByType?: readonly { readonly label: string; readonly f1: number; readonly gold: number }[];
  readonly examplesPerSecond?: number;
  readonly secondsLeft?: number;
  /** The resident memory of the training process. */
  readonly memoryBytes: number;
  /** Of the finished epochs, including those before an interruption. */
  readonly results: readonly EpochResult[];
  /** How many of the results are in the state on disk; undefined until there is one. */
  readonly saved?: { readonly epochs: number };
}

export interface TrainHooks {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: TrainProgress) => void) | undefined;
  /** Called before and after files are written. In between, the process should not be ended. */
  readonly onWriting?: ((isWriting: boolean) => void) | undefined;
  /** Micro F1 in [0, 1] of tag sequences, one list per sentence. */
  readonly score: (gold: readonly (readonly string[])[], predicted: readonly (readonly string[])[]) => number;
}

export interface EpochResult {
  /** From 1. */
  readonly epoch: number;
  /** Mean over the epoch's updates. */
  readonly loss: number;
  readonly devF1: number;
}

export interface TrainResult {
  readonly out: string;
  readonly best: { readonly epoch: number; readonly devF1: number };
  /** Of the model with 8-bit weights, if there is one. */
  readonly devF1Int8?: number;
  readonly epochs: readonly EpochResult[];
  readonly labels: readonly string[];
  /** Labels that are in the dev data but not in the training data; they count as missed. */
  readonly unseen: readonly string[];
  /** What a person should know about the data, in sentences. */
  readonly notes: readonly string[];
  readonly seconds: number;
}
