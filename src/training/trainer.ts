import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { resumableRandom, type ResumableRandom } from '../foundation/random.ts';
import { elementCount } from '../model/floats.ts';
import type { ModelConfig } from '../model/folder.ts';
import { encodeOnnx } from '../model/onnx/encode.ts';
import { createSession } from '../model/session.ts';
import type { Batch } from './sequenceBatches.ts';
import { maskFeeds } from './dropoutMasks.ts';
import { Embeddings } from './embeddings.ts';
import { flatWeights, type FlatWeights } from './flatWeights.ts';
import { clippingScale } from './optimizer.ts';
import { type Head, type Layout, layoutParameters } from './parameters.ts';
import { forwardGraph, gradientName, type MaskInput, trainingGraph } from './trainingGraph.ts';

export interface TrainerOptions {
  readonly config: ModelConfig;
  readonly head: Head;
  /** Size of the largest training batch, `sequences` of `length` tokens. */
  readonly largest: { readonly sequences: number; readonly length: number };
  /** The most batches per update; 1 if left out. */
  readonly accumulate?: number;
  /** The number of lowest layers to freeze together with the embeddings; if left out, nothing is frozen. */
  readonly freeze?: number | undefined;
  readonly weightDecay: number;
  /** Largest norm of all gradients together; larger ones are scaled down. */
  readonly clipping: number;
  /** For the dropout masks. */
  readonly seed: number;
  readonly threads?: number | undefined;
}

interface StepResult {
  /** Mean over the labels. */
  readonly loss: number;
  /** Of all gradients together, before clipping. */
  readonly gradientNorm: number;
}

interface Parts {
  readonly layout: Layout;
  readonly weights: FlatWeights;
  readonly embeddings: Embeddings;
  readonly masks: readonly MaskInput[];
  readonly training: InferenceSession;
  readonly forward: InferenceSession;
}

/** The state of a trainer, apart from its `numbers`. */
export interface TrainerCounts {
  readonly steps: number;
  /** Product of the embeddings' decays. */
  readonly decay: number;
  /** The state of the random generator for dropout masks. */
  readonly dropout: number;
}

/** Everything that is trained, without the moments. */
export interface Weights {
  readonly weights: Float32Array;
  readonly embeddings: Float32Array;
}

/**
 * A model in training: weights in memory, a session that computes loss and gradients, and one that computes logits with
 * the same weights. `release` it when done.
 */
export class Trainer {
  readonly config: ModelConfig;
  readonly head: Head;
  readonly layout: Layout;
  readonly weights: FlatWeights;
  readonly embeddings: Embeddings;
  readonly #options: TrainerOptions;
  readonly #training: InferenceSession;
  readonly #forward: InferenceSession;
  readonly #random: ResumableRandom;
  readonly #masks: (batch: Batch) => Record<string, Tensor>;
  /** As large as needed for the largest batch so far. */
  #embedded = new Float32Array(0);
  #embeddedGradient = new Float32Array(0);
  readonly #loss = new Float32Array(1);
  readonly #fetches: Readonly<Record<string, Tensor>>;
  #steps = 0;

  /** Throws `UserError` if the model is too large for the memory. */
  static async create(options: TrainerOptions): Promise<Trainer> {
    const { config, head, largest, accumulate = 1, threads } = options;
    const layout = layoutParameters(config, head, options.freeze);
    const weights = flatWeights(layout);
    const embeddings = new Embeddings(config, accumulate * largest.sequences * largest.length);
    const { model, masks } = trainingGraph(config, layout, head);
    const settings = threads === undefined ? {} : { threads };
    const training = await createSession(encodeOnnx(model), settings);
    const forward = await createSession(encodeOnnx(forwardGraph(config, layout, head)), settings);
    return new Trainer(options, { layout, weights, embeddings, masks, training, forward });
  }

  private constructor(options: TrainerOptions, parts: Parts) {
    const { layout, weights } = parts;
    this.#options = options;
    this.config = options.config;
    this.head = options.head;
    this.layout = layout;
    this.weights = weights;
    this.embeddings = parts.embeddings;
    this.#training = parts.training;
    this.#forward = parts.forward;
    this.#random = resumableRandom(options.seed);
    this.#masks = maskFeeds(parts.masks, { ...options, random: this.#random.next });
    this.#fetches = {
      loss: new Tensor('float32', this.#loss, []),
      ...Object.fromEntries(
        layout.parameters
          .filter(({ frozen }) => !frozen)
          .map((parameter) => [gradientName(parameter.name), weights.gradientTensor(parameter)]),
      ),
    };
  }

  /** Makes one update on a batch. */
  step(batch: Batch, learningRate: number): Promise<StepResult> {
    return this.accumulatedStep([batch], learningRate);
  }

  /** Makes one update on several batches as if they were one, but with the memory of a single batch. */
  async accumulatedStep(batches: readonly Batch[], learningRate: number): Promise<StepResult> {
    const labelled = batches.reduce((sum, batch) => sum + batch.labelled, 0);
    let loss = 0;
    for (const [index, batch] of batches.entries()) {
      if (index > 0) this.weights.putAside();
      loss += await this.gradients(batch, { labelled, add: index > 0 });
    }
    if (batches.length > 1) this.weights.takeBack();
    const gradientNorm = Math.sqrt(this.weights.squaredNorm() + this.embeddings.squaredNorm());
    this.#steps++;
    const update = {
      step: this.#steps,
      learningRate,
      weightDecay: this.#options.weightDecay,
      gradientScale: clippingScale(gradientNorm, this.#options.clipping),
    };
    this.weights.update(update);
    if (!this.layout.frozenEmbeddings) this.embeddings.update(update);
    return { loss, gradientNorm };
  }

  /**
   * Computes the gradients and returns the loss: the weighted sum over the labels divided by `labelled`. With `add`,
   * the gradients of the embeddings are added to those of earlier batches.
   */
  async gradients(
    batch: Batch,
    { labelled, add } = { labelled: batch.labelled, add: false },
  ): Promise<number> {
    const { labels, weights } = batch;
    const embedded = this.#embeddedFetch(batch);
    const copies = await this.#training.run(
      {
        ...this.#inputs(batch),
        ...this.#masks(batch),
        labels: new Tensor('int64', labels, [labels.length]),
        weights: new Tensor('float32', weights, [weights.length]),
        loss_scale: new Tensor('float32', Float32Array.of(labelled === 0 ? 1 : 1 / labelled), []),
      },
      { ...this.#fetches, ...embedded },
    );
    freeCopies(copies);
    const gradient = embedded[gradientName('embedded')]?.data;
    if (gradient instanceof Float32Array) {
      if (add) this.embeddings.addGradient(batch, gradient);
      else this.embeddings.setGradient(batch, gradient);
    }
    return this.#loss[0] as number;
  }

  /** The tensor into which the graph writes the gradient of the embedded tokens; none if they are frozen. */
  #embeddedFetch({ sequences, length }: Batch): Record<string, Tensor> {
    if (this.layout.frozenEmbeddings) return {};
    const shape = [sequences, length, this.config.hiddenSize];
    this.#embeddedGradient = atLeast(this.#embeddedGradient, elementCount(shape));
    const gradient = this.#embeddedGradient.subarray(0, elementCount(shape));
    return { [gradientName('embedded')]: new Tensor('float32', gradient, shape) };
  }

  /** `[sequences · length, labels]`, or `[sequences, labels]`; without dropout. */
  async logits(batch: Batch): Promise<Float32Array> {
    const { logits } = await this.#forward.run(this.#inputs(batch));
    return logits?.data as Float32Array;
  }

  /** Views of all weights and moments. Settle the embeddings before reading them. */
  get numbers(): readonly NodeJS.ArrayBufferView[] {
    return [this.weights.values, this.weights.moments, ...this.embeddings.numbers];
  }

  get counts(): TrainerCounts {
    return { steps: this.#steps, decay: this.embeddings.decay, dropout: this.#random.state };
  }

  /** Continues from the state of another trainer, whose `numbers` have already been loaded into this one. */
  goOn({ steps, decay, dropout }: TrainerCounts): void {
    this.#steps = steps;
    this.#random.state = dropout;
    this.embeddings.goOn(steps, decay);
  }

  async release(): Promise<void> {
    await this.#training.release();
    await this.#forward.release();
  }

  #inputs(batch: Batch): Record<string, Tensor> {
    const { sequences, length, attentionMask } = batch;
    const shape = [sequences, length, this.config.hiddenSize];
    this.#embedded = atLeast(this.#embedded, elementCount(shape));
    const embedded = this.#embedded.subarray(0, elementCount(shape));
    this.embeddings.gather(batch, embedded);
    return {
      ...this.weights.feeds,
      embedded: new Tensor('float32', embedded, shape),
      attention_mask: new Tensor('int64', attentionMask, [sequences, length]),
    };
  }
}

/** The array itself, or a larger one (without its numbers) if it is too small. */
function atLeast(array: Float32Array<ArrayBuffer>, size: number): Float32Array<ArrayBuffer> {
  return array.length >= size ? array : new Float32Array(size);
}

/**
 * Frees the outputs of a run. ONNX Runtime copies every output for JavaScript, even those that it has written into
 * given tensors. Without this, each step would leave copies of all gradients to the garbage collector.
 */
function freeCopies(outputs: Readonly<Record<string, Tensor>>): void {
  for (const { data } of Object.values(outputs)) {
    if (ArrayBuffer.isView(data) && data.buffer instanceof ArrayBuffer) data.buffer.transfer(0);
  }
}
