import type { ModelConfig } from '../model/folder.ts';
import type { Batch } from './sequenceBatches.ts';
import type { EmbeddingTables } from './inferenceGraph.ts';
import { adamwConstants, adamwKernel, type AdamWStep, floatMemory } from './kernel/adamw.ts';
import { adamwStep, type Update } from './optimizer.ts';

/**
 * Steps without a gradient after which the momentum of a row is negligible: 0.9^160 is 5e-8, less than the last digit
 * of a float.
 */
const momentumSteps = 160;

/** All text is in one segment. */
const tokenType = 0;

/**
 * The word, position and token-type embeddings, outside the graph. A step updates only the rows of its batch. Before a
 * row is used again, the steps that it missed are made up for, so the result is the same as if every step updated every
 * row, as in PyTorch.
 */
export class Embeddings {
  readonly #config: ModelConfig;
  readonly #width: number;
  readonly #words: number;
  readonly #positions: number;
  readonly #firstPosition: number;
  readonly #rows: number;
  readonly #floats: Float32Array;
  readonly #kernel: ReturnType<typeof adamwKernel>;
  readonly #places: {
    readonly mean: number;
    readonly square: number;
    readonly gradient: number;
    readonly zero: number;
  };
  /** By row: the last step that was applied, and the last with a gradient (0 if none). */
  readonly #settled: Int32Array;
  readonly #touched: Int32Array;
  /** By row: its index among the gradients of this batch, or -1. */
  readonly #slots: Int32Array;
  readonly #batchRows: number[] = [];
  /** By step, from 1. */
  readonly #history: AdamWStep[] = [];
  /** Product of the decays of the first n steps. */
  readonly #kept: number[] = [1];

  /** `mostTokens` is the largest number of tokens in the batches of one update together. */
  constructor(config: ModelConfig, mostTokens: number) {
    this.#config = config;
    this.#width = config.hiddenSize;
    this.#words = config.vocabSize;
    this.#positions = config.firstPosition + config.maxPositions;
    this.#firstPosition = config.firstPosition;
    this.#rows = rowsOf(config);
    const table = this.#rows * this.#width;
    const gradientRows = Math.min(this.#rows, 2 * mostTokens + 1);
    const gradient = 3 * table;
    const zero = gradient + gradientRows * this.#width;
    this.#places = { mean: table, square: 2 * table, gradient, zero };
    const { memory, floats } = floatMemory(zero + this.#width);
    this.#floats = floats;
    this.#kernel = adamwKernel(memory);
    this.#settled = new Int32Array(this.#rows);
    this.#touched = new Int32Array(this.#rows);
    this.#slots = new Int32Array(this.#rows).fill(-1);
  }

  /** Views of the tables. */
  get tables(): EmbeddingTables {
    return tablesOf(this.#config, this.values);
  }

  /** A view of all tables as one array. */
  get values(): Float32Array {
    return this.#floats.subarray(0, this.#rows * this.#width);
  }

  /** Views of all numbers that an update reads or changes, once every row is settled. */
  get numbers(): readonly NodeJS.ArrayBufferView[] {
    return [this.#floats.subarray(0, this.#places.gradient), this.#touched];
  }

  /** Product of the decays of all steps. */
  get decay(): number {
    return this.#kept.at(-1) as number;
  }

  /** Continues after `steps` steps with this `decay`; their `numbers` must have been restored. */
  goOn(steps: number, decay: number): void {
    this.#settled.fill(steps);
    // All rows are settled, so earlier entries are never read.
    this.#history.length = steps;
    this.#kept.length = steps;
    this.#kept.push(decay);
  }

  /** Writes the sum of the three embeddings of each token, `[sequences, length, width]`, into `target`. */
  gather(batch: Batch, target: Float32Array): void {
    const width = this.#width;
    const floats = this.#floats;
    this.#eachToken(batch, (token, word, position, type) => {
      for (const row of [word, position, type]) this.#settle(row);
      const [from, place, kind, to] = [word * width, position * width, type * width, token * width];
      for (let i = 0; i < width; i++) {
        target[to + i] =
          (floats[from + i] as number) + (floats[place + i] as number) + (floats[kind + i] as number);
      }
    });
  }

  /** Sets the gradients of the rows from that of the batch's embedded tokens, `[sequences, length, width]`. */
  setGradient(batch: Batch, gradient: Float32Array): void {
    this.#clearGradients();
    this.addGradient(batch, gradient);
  }

  /** Like `setGradient`, but adds to the gradients of earlier batches. */
  addGradient(batch: Batch, gradient: Float32Array): void {
    const width = this.#width;
    const floats = this.#floats;
    this.#eachToken(batch, (token, ...rows) => {
      const from = token * width;
      for (const row of rows) {
        const to = this.#gradientPlace(row);
        for (let i = 0; i < width; i++) {
          floats[to + i] = (floats[to + i] as number) + (gradient[from + i] as number);
        }
      }
    });
  }

  /** Sum of the squares of the gradients. */
  squaredNorm(): number {
    return this.#kernel.squaredNorm(this.#places.gradient, this.#batchRows.length * this.#width);
  }

  /** Updates the rows with a gradient, and clears the gradients. */
  update(update: Update): void {
    const step = adamwStep(update, true);
    this.#history.push(step);
    this.#kept.push((this.#kept.at(-1) as number) * step.keep);
    for (const [slot, row] of this.#batchRows.entries()) {
      this.#apply(row, this.#places.gradient + slot * this.#width, step);
      this.#settled[row] = update.step;
      this.#touched[row] = update.step;
    }
    this.#clearGradients();
  }

  /** Brings every row up to date, for reading the tables. */
  settle(): void {
    for (let row = 0; row < this.#rows; row++) this.#settle(row);
  }

  #settle(row: number): void {
    const done = this.#history.length;
    const from = this.#settled[row] as number;
    if (from === done) return;
    this.#settled[row] = done;
    const touched = this.#touched[row] as number;
    const momentumEnd = touched === 0 ? from : Math.max(from, Math.min(done, touched + momentumSteps));
    for (let step = from; step < momentumEnd; step++) {
      this.#apply(row, this.#places.zero, this.#history[step] as AdamWStep);
    }
    if (momentumEnd === done) return;
    const { beta1, beta2 } = adamwConstants;
    const missed = done - momentumEnd;
    this.#scale(row, 0, (this.#kept[done] as number) / (this.#kept[momentumEnd] as number));
    if (touched === 0) return;
    this.#scale(row, this.#places.mean, beta1 ** missed);
    this.#scale(row, this.#places.square, beta2 ** missed);
  }

  #apply(row: number, gradient: number, step: AdamWStep): void {
    const weight = row * this.#width;
    const { mean, square } = this.#places;
    this.#kernel.adamw({ weight, gradient, mean: mean + weight, square: square + weight }, this.#width, step);
  }

  #scale(row: number, region: number, factor: number): void {
    const start = region + row * this.#width;
    for (let i = start; i < start + this.#width; i++) this.#floats[i] = (this.#floats[i] as number) * factor;
  }

  #clearGradients(): void {
    const { gradient } = this.#places;
    this.#floats.fill(0, gradient, gradient + this.#batchRows.length * this.#width);
    for (const row of this.#batchRows) this.#slots[row] = -1;
    this.#batchRows.length = 0;
  }

  #gradientPlace(row: number): number {
    let slot = this.#slots[row] as number;
    if (slot === -1) {
      slot = this.#batchRows.push(row) - 1;
      this.#slots[row] = slot;
    }
    return this.#places.gradient + slot * this.#width;
  }

  /** Visits all tokens except padding, with the rows of their three embeddings. */
  #eachToken(
    { length, lengths, ids }: Batch,
    visit: (token: number, word: number, position: number, type: number) => void,
  ): void {
    const type = this.#words + this.#positions + tokenType;
    const first = this.#words + this.#firstPosition;
    for (const [sequence, own] of lengths.entries()) {
      for (let position = 0; position < own; position++) {
        const token = sequence * length + position;
        visit(token, ids[token] as number, first + position, type);
      }
    }
  }
}

/** The number of rows of the three tables together. */
function rowsOf({ vocabSize, firstPosition, maxPositions, typeVocabSize }: ModelConfig): number {
  return vocabSize + firstPosition + maxPositions + typeVocabSize;
}

/** The number of floats in the three tables together. */
export function embeddingsSize(config: ModelConfig): number {
  return rowsOf(config) * config.hiddenSize;
}

/** Views of the tables in one array, which has words, positions and token types in this order. */
export function tablesOf(config: ModelConfig, values: Float32Array): EmbeddingTables {
  const { hiddenSize, vocabSize, firstPosition, maxPositions } = config;
  const words = vocabSize * hiddenSize;
  const positions = words + (firstPosition + maxPositions) * hiddenSize;
  return {
    word: values.subarray(0, words),
    position: values.subarray(words, positions),
    tokenType: values.subarray(positions),
  };
}
