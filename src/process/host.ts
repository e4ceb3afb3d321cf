import { stat } from 'node:fs/promises';
import path from 'node:path';
import { f1ByType, microF1, type TypeF1 } from '../evaluation/microF1.ts';
import { mapTexts } from '../evaluation/textMap/textMap.ts';
import { throwIfCancelled } from '../foundation/userError.ts';
import type { Precision } from '../model/folder.ts';
import { relateMentions } from '../model/relateMentions.ts';
import { loadSequenceClassifier } from '../model/sequenceClassifier.ts';
import { loadTokenClassifier } from '../model/tokenClassifier.ts';
import { keepBest } from '../training/keepBest.ts';
import { fineTune } from '../training/fineTune.ts';
import { dataSources } from './dataSources.ts';
import { toFailure } from './failure.ts';
import type { FromWorker, JobName, Jobs, ToWorker } from './protocol.ts';
import { relationSchemaOf } from './relationSchemaOf.ts';
import { loadSentenceEncoder } from './sentenceEncoder.ts';
import { readTrainingData } from './trainingData.ts';

interface JobHooks<N extends JobName> {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Jobs[N]['progress']) => void;
  readonly onWriting: (isWriting: boolean) => void;
}

type Handlers = {
  readonly [N in JobName]: (input: Jobs[N]['input'], hooks: JobHooks<N>) => Promise<Jobs[N]['result']>;
};

/**
 * Runs the parent's jobs, received over IPC, until the parent ends. Jobs run one at a time, in the order of arrival, because
 * they share the cores and the loaded model. `version` is the version of Chartmark, for the records of models.
 */
export function serveJobs(channel: NodeJS.Process, version: string): void {
  const known = new Map<number, AbortController>();
  let last: Promise<void> = Promise.resolve();
  const handlers = createHandlers(version);
  const send = (message: FromWorker): void => {
    channel.send?.(message);
  };
  const run = async <N extends JobName>(
    id: number,
    job: N,
    input: Jobs[N]['input'],
    signal: AbortSignal,
  ): Promise<void> => {
    try {
      throwIfCancelled(signal);
      const result = await handlers[job](input, {
        signal,
        onProgress: (progress) => send({ kind: 'progress', id, progress }),
        onWriting: (isWriting) => send({ kind: 'writing', id, isWriting }),
      });
      send({ kind: 'result', id, result });
    } catch (error) {
      send({ kind: 'failed', id, failure: toFailure(error) });
    } finally {
      known.delete(id);
    }
  };
  channel.on('message', (message: ToWorker) => {
    if (message.kind === 'cancel') {
      known.get(message.id)?.abort();
      return;
    }
    const cancelling = new AbortController();
    known.set(message.id, cancelling);
    last = last.then(() => run(message.id, message.job, message.input, cancelling.signal));
  });
  // The parent also receives Ctrl-C and cancels the jobs.
  channel.on('SIGINT', () => undefined);
  channel.on('disconnect', () => channel.exit(0));
}

function createHandlers(version: string): Handlers {
  const tokenClassifier = lastLoaded(loadTokenClassifier);
  const sequenceClassifier = lastLoaded(loadSequenceClassifier);
  return {
    async train(job, hooks) {
      const { train: trainPaths, weights, dev: devPaths, projectFolder, layout, ...rest } = job;
      const { relationInput, relationWindow, ...options } = rest;
      const reading = { relationInput, relationWindow, layout };
      const train = await readTrainingData(job.task, trainPaths, projectFolder, { ...reading, weights });
      const dev =
        devPaths === undefined
          ? undefined
          : await readTrainingData(job.task, devPaths, projectFolder, reading);
      const sources = {
        train: await dataSources(trainPaths, weights),
        ...(devPaths === undefined ? {} : { dev: await dataSources(devPaths) }),
      };
      let devF1ByType: readonly TypeF1[] | undefined;
      return fineTune(
        {
          ...options,
          versions: { chartmark: version },
          train: train.data,
          sources,
          notes: [...train.notes, ...(dev?.notes ?? [])],
          ...(dev === undefined ? {} : { dev: dev.data }),
        },
        {
          ...hooks,
          onProgress: (progress) =>
            hooks.onProgress(devF1ByType === undefined ? progress : { ...progress, devF1ByType }),
          score: (gold, predicted) => {
            devF1ByType = f1ByType(gold, predicted);
            return microF1(gold, predicted);
          },
        },
      );
    },
    keepBest: (options) => keepBest(options),
    async annotate({ model, precision, documents }, hooks) {
      const classifier = await tokenClassifier(model, precision);
      return classifier.annotate(documents, hooks);
    },
    async relate({ model, precision, documents, projectFolder, window }, hooks) {
      const schema = await relationSchemaOf(model, projectFolder);
      const classifier = await sequenceClassifier(model, precision);
      return relateMentions(
        classifier,
        documents,
        window === undefined ? schema : { ...schema, window },
        hooks,
      );
    },
    async classify({ model, precision, rows }, hooks) {
      const classifier = await sequenceClassifier(model, precision);
      const results = await classifier.classify(rows, hooks);
      return results.map(({ label, score }, i) => ({ text: rows[i]?.text ?? '', label, score }));
    },
    async mapTexts({ encoder, synthetic, own }, hooks) {
      // Maps are drawn rarely, so the memory of the encoder is released each time.
      const sentences = await loadSentenceEncoder(encoder);
      try {
        const embeddings = await sentences.embed([...synthetic, ...own], hooks);
        return mapTexts(embeddings, sentences.width, synthetic.length);
      } finally {
        await sentences.release();
      }
    },
  };
}

interface Releasable {
  release(): Promise<void>;
}

type Load<M> = (folder: string, precision?: Precision) => Promise<M>;

/**
 * Keeps the last model loaded, so that annotating many files loads it once. It is loaded again if its `config.json` has
 * changed, or for another precision.
 */
function lastLoaded<M extends Releasable>(load: Load<M>): Load<M> {
  let held: { readonly key: string; readonly model: M } | undefined;
  return async (folder, precision) => {
    const changed = await stat(path.join(folder, 'config.json')).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
    const key = `${changed} ${precision} ${path.resolve(folder)}`;
    if (held?.key !== key) {
      await held?.model.release();
      held = undefined;
      held = { key, model: await load(folder, precision) };
    }
    return held.model;
  };
}
