import type { TokenExample } from '../corpus/examples.ts';
import type { RelationRow } from '../corpus/relationRows.ts';
import type { DataSource } from '../model/folder.ts';
import type { RelationSchema } from '../project/relationSchema.ts';

/** How much an example counts in training, beside the others; 1 when left out. */
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
      /** How the rows were made of documents, to be recorded with the model. */
      readonly schema?: RelationSchema;
    };

export interface TrainOptions {
  readonly task: 'ner' | 're';
  /** Folder of the checkpoint to start from. */
  readonly base: string;
  /** Model folder to write; an existing one is replaced once the new one is complete. */
  readonly out: string;
  readonly train: TrainingData;
  /** A part of `train` is split off when there is none. */
  readonly dev?: TrainingData;
  /** What is left out has the value of `defaults.ts`. */
  readonly epochs?: number;
  readonly batchSize?: number;
  /** Batches of an update, whose gradients are added up: as a batch so many times larger, in less memory. */
  readonly accumulate?: number;
  readonly learningRate?: number;
  /** Lowest layers that stay as the base has them, with the embeddings below them; none when left out. */
  readonly freeze?: number;
  readonly seed?: number;
  /** How much each entity type, relation label or `O` counts; 1 what is left out. */
  readonly labelWeights?: Readonly<Record<string, number>>;
  /** In tokens, [CLS] and [SEP] included. */
  readonly maxLength?: number;
  /** Epochs without a better dev F1 after which to stop; all epochs run when left out. */
  readonly patience?: number;
  /** Goes on where an interrupted run of the same `out`, data and options stood, if there is one. */
  readonly resume?: boolean;
  /** Updates between two times that the run's state is kept, beside the end of each epoch. */
  readonly saveEvery?: number;
  /** Whether to write the model with 8-bit weights too. */
  readonly quantize?: boolean;
  /** Cores to use; all when left out. */
  readonly threads?: number;
  /** Where the data were read from, to be recorded. */
  readonly sources?: { readonly train: readonly DataSource[]; readonly dev?: readonly DataSource[] };
  /** Versions of programs to record, beside those of Node and ONNX Runtime. */
  readonly versions?: Readonly<Record<string, string>>;
}

export interface TrainProgress {
  readonly phase: 'load' | 'train' | 'evaluate' | 'save';
  /** The epoch at work, from 1; 0 while loading. */
  readonly epoch: number;
  readonly epochs: number;
  /** Updates done. */
  readonly step: number;
  readonly steps: number;
  /** Moving average. */
  readonly loss?: number;
  /** Of the last epoch that was scored. */
  readonly devF1?: number;
  readonly examplesPerSecond?: number;
  readonly secondsLeft?: number;
  /** Of the whole process that trains (its resident set). */
  readonly memoryBytes: number;
  /** Of the epochs that are over, those before an interruption included. */
  readonly results: readonly EpochResult[];
  /** There once the run's state is on disk, from which it can go on: how many of the results it has. */
  readonly saved?: { readonly epochs: number };
}

export interface TrainHooks {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: TrainProgress) => void) | undefined;
  /** Hears when files begin to be written and when they are: the process should not be ended in between. */
  readonly onWriting?: ((isWriting: boolean) => void) | undefined;
  /** Micro F1 in [0, 1] of tag sequences, one list a sentence. */
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
  /** Labels of the dev data that nothing was trained on: what has them counts as missed. */
  readonly unseen: readonly string[];
  readonly seconds: number;
}
