import type { ReviewMap } from '../../webview/review/protocol.ts';
import { readDocuments } from '../corpus/read.ts';
import { evenSamples, sentencesOf } from '../evaluation/textMap/textMap.ts';
import { UserError } from '../foundation/userError.ts';
import type { WorkerClient } from '../process/client.ts';
import type { RunReview } from '../runs/review/reviewText.ts';
import { newReading } from '../runs/runFolders.ts';
import { shippedEncoder } from './models.ts';

interface ReviewMapInput {
  readonly review: RunReview;
  /** Files with texts of the person's own. */
  readonly own: readonly string[];
  /** The folder of the package, for the shipped encoder. */
  readonly resources: string;
}

interface ReviewMapHooks {
  readonly worker: Pick<WorkerClient, 'mapTexts'>;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
  /** Called with why files were left out, if some could not be read. */
  readonly onUnread: (problems: readonly [UserError, ...UserError[]]) => void;
}

/** With fewer, nearness says nothing. */
const fewestSentences = 3;

/**
 * Compares the accepted sentences of a run with those of a person's own files, in the child process: nothing leaves this
 * computer. Files that cannot be read are left out. Throws `UserError`, `CancelledError`.
 */
export async function drawReviewMap(
  { review, own, resources }: ReviewMapInput,
  { worker, signal, onProgress, onUnread }: ReviewMapHooks,
): Promise<ReviewMap> {
  const { sentences, problems } = await readSentences(own);
  const [first, ...others] = problems;
  if (first !== undefined) onUnread([first, ...others]);
  const synthetic = review.texts
    .filter(({ now }) => now.isAccepted)
    .flatMap(({ now }) => sentencesOf({ text: now.tagged.text }));
  const samples = evenSamples(synthetic, sentences);
  if (samples.own.length < fewestSentences) {
    throw new UserError(`A map needs at least ${fewestSentences} sentences of each kind.`, {
      nextStep: 'Choose files with more text, or generate more.',
    });
  }
  const map = await worker.mapTexts(
    { encoder: shippedEncoder(resources), ...samples },
    { signal, onProgress: ({ done, total }) => onProgress(done, total) },
  );
  return {
    share: map.share,
    gap: map.gap,
    synthetic: [...map.synthetic],
    own: [...map.own],
    texts: samples,
    farthest: map.farthest.map(({ index, similarity }) => ({ text: samples.own[index] ?? '', similarity })),
    all: { synthetic: synthetic.length, own: sentences.length },
  };
}

async function readSentences(
  files: readonly string[],
): Promise<{ readonly sentences: readonly string[]; readonly problems: readonly UserError[] }> {
  const sentences: string[] = [];
  const problems: UserError[] = [];
  for (const file of files) {
    try {
      sentences.push(...(await readDocuments([file], newReading())).flatMap(sentencesOf));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(error);
    }
  }
  return { sentences, problems };
}
