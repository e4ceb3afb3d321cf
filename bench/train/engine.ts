/** Our side of the training benches: answers the questions that `bench/python/` answers. */
import { CancelledError } from '../../src/foundation/userError.ts';
import type { TokenExample } from '../../src/corpus/examples.ts';
import { fineTune } from '../../src/training/fineTune.ts';
import type { Trainer } from '../../src/training/trainer.ts';
import { answerLines, peakMemory, type Reply } from '../lineServer.ts';
import type { PlainBatch } from './batch.ts';
import type { RunQuestion } from './question.ts';
import type { Shape } from './shapes.ts';
import { batchOf, makeTrainer, timeParts, timeStep } from './steps.ts';

let trainer: Trainer | undefined;
let steps = 0;

await answerLines(async (question) => {
  switch (question['ask']) {
    case 'init':
      trainer = await makeTrainer(question['shape'] as Shape, question['threads'] as number);
      return {};
    case 'step':
      return step(question);
    case 'run':
      return run(question as unknown as RunQuestion, false);
    case 'first step':
      return run(question as unknown as RunQuestion, true);
    default:
      return { peak: peakMemory() };
  }
});
await trainer?.release();

async function step(question: Reply): Promise<Reply> {
  if (trainer === undefined) throw new Error('init comes first');
  steps++;
  const batch = batchOf(question['batch'] as PlainBatch);
  return question['parts'] === true ? timeParts(trainer, batch, steps) : timeStep(trainer, batch);
}

async function run(question: RunQuestion, onlyFirstStep: boolean): Promise<Reply> {
  const { base, out, recipe, seed, threads } = question;
  const examples: TokenExample[] = question.train.map((sentence) => ({
    ...sentence,
    documentId: 'bench',
    ranges: [],
  }));
  const stop = new AbortController();
  try {
    const { epochs } = await fineTune(
      {
        task: 'ner',
        base,
        out,
        train: { task: 'ner', examples },
        // The peer scores nothing; a dev part without a label is refused.
        dev: {
          task: 'ner',
          examples: examples.filter(({ tags }) => tags.some((tag) => tag !== 'O')).slice(0, 1),
        },
        ...recipe,
        seed,
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
    const loss = epochs.reduce((sum, epoch) => sum + epoch.loss, 0) / epochs.length;
    return { loss, peak: peakMemory() };
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    return { peak: peakMemory() };
  }
}
