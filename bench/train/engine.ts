/** Our side of the training benches: answers the questions that `bench/python/train.py` answers. */
import { randomInteger, gaussian, seededRandom } from '../../src/foundation/random.ts';
import { CancelledError } from '../../src/foundation/userError.ts';
import type { TokenExample } from '../../src/corpus/examples.ts';
import { makeBatch } from '../../src/training/batches.ts';
import { trainingDefaults } from '../../src/training/defaults.ts';
import { train } from '../../src/training/train.ts';
import { Trainer } from '../../src/training/trainer.ts';
import { answerLines, peakMemory } from '../lineServer.ts';
import type { Shape } from './shapes.ts';

const labels = 3;
/** Of the loss: [CLS] and [SEP] have none. */
const ignored = -100;
const random = seededRandom(1);
let trainer: Trainer | undefined;
let shape: Shape | undefined;

await answerLines(async (question) => {
  switch (question['ask']) {
    case 'init':
      await init(question['shape'] as Shape, question['threads'] as number);
      return {};
    case 'step':
      return { ms: await step() };
    case 'run':
      return run(question as unknown as Run);
    default:
      return { peak: peakMemory() };
  }
});
await trainer?.release();

async function init(wanted: Shape, threads: number): Promise<void> {
  const { config, sequences, length } = wanted;
  shape = wanted;
  trainer = await Trainer.create({
    config,
    head: { kind: 'tokens', labels },
    largest: { sequences, length },
    weightDecay: trainingDefaults.weightDecay,
    clipping: trainingDefaults.clipping,
    seed: 1,
    threads,
  });
  // BERT's own way to begin.
  const { layout, weights, embeddings } = trainer;
  draw(embeddings.values);
  for (const { name, offset, size } of layout.parameters) {
    const target = weights.values.subarray(offset, offset + size);
    if (name.endsWith('LayerNorm.weight')) target.fill(1);
    else if (name.endsWith('weight')) draw(target);
  }
}

function draw(target: Float32Array): void {
  for (let i = 0; i < target.length; i++) target[i] = 0.02 * gaussian(random);
}

/** Milliseconds of an update on a batch of random tokens, new ones each time. */
async function step(): Promise<number> {
  if (trainer === undefined || shape === undefined) throw new Error('init comes first');
  const { sequences, length, config } = shape;
  const batch = makeBatch(
    Array.from({ length: sequences }, () => ({
      ids: Array.from({ length }, () => randomInteger(random, config.vocabSize)),
      labels: Array.from({ length }, (_, i) =>
        i === 0 || i === length - 1 ? ignored : randomInteger(random, labels),
      ),
    })),
    'tokens',
    0,
  );
  const started = performance.now();
  await trainer.step(batch, 1e-4);
  return performance.now() - started;
}

/** A run on real sentences, or only its first step. */
interface Run {
  readonly base: string;
  readonly out: string;
  readonly sentences: readonly { readonly words: readonly string[]; readonly tags: readonly string[] }[];
  readonly epochs: number;
  readonly threads: number;
  readonly onlyFirstStep: boolean;
}

async function run({ base, out, sentences, epochs, threads, onlyFirstStep }: Run) {
  const examples: TokenExample[] = sentences.map((sentence) => ({
    ...sentence,
    documentId: 'bench',
    ranges: [],
  }));
  const stop = new AbortController();
  try {
    const result = await train(
      {
        task: 'ner',
        base,
        out,
        train: { task: 'ner', examples },
        // The peer scores nothing.
        dev: { task: 'ner', examples: examples.slice(0, 1) },
        epochs,
        threads,
      },
      {
        score: () => 0,
        signal: stop.signal,
        onProgress: ({ step: done }) => {
          if (onlyFirstStep && done > 0) stop.abort();
        },
      },
    );
    return { loss: result.epochs.at(-1)?.loss, peak: peakMemory() };
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    return { peak: peakMemory() };
  }
}
