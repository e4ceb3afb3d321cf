import { availableParallelism } from 'node:os';
import { InferenceSession } from 'onnxruntime-node';
import { UserError } from '../foundation/userError.ts';
import { fileBytes } from './weights/fileBytes.ts';

export interface SessionOptions {
  /** Threads per operator; one for each core if left out. */
  readonly threads?: number;
}

/**
 * Loads a graph from a file or bytes with the settings that were fastest on CPUs: one operator at a time (parallel
 * execution took twice as long) and a memory arena (14 % slower without). Memory patterns are off, because they keep a
 * block for each input shape and so grow without limit if lengths vary. Throws `UserError` if the file is missing or is
 * not a model.
 */
export async function createSession(
  model: string | Uint8Array,
  options: SessionOptions = {},
): Promise<InferenceSession> {
  const settings: InferenceSession.SessionOptions = {
    executionProviders: ['cpu'],
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    intraOpNumThreads: options.threads ?? availableParallelism(),
    enableCpuMemArena: true,
    enableMemPattern: false,
    logSeverityLevel: 3,
  };
  if (typeof model !== 'string') return InferenceSession.create(model, settings);
  await fileBytes(model);
  return InferenceSession.create(model, settings).catch((error: unknown) => {
    throw new UserError('The model cannot be loaded: it is damaged, or made for a newer ONNX Runtime.', {
      place: { file: model },
      nextStep: 'Copy or download the model folder again.',
      cause: error,
    });
  });
}
