/**
 * The token-classification pipeline of @huggingface/transformers on the same graph. `bench/infer.ts` installs it
 * in a folder of its own and passes its module in the variable `CHARTMARK_TRANSFORMERS_JS`.
 */
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import type { Precision } from '../../src/model/folder.ts';
import { graphNames } from '../../src/model/graphFile.ts';
import { answerLines, peakMemory } from '../lineServer.ts';

interface Token {
  readonly entity: string;
  /** Of the word; pieces after its first begin with ##. */
  readonly word: string;
}

type Pipeline = (texts: readonly string[]) => Promise<readonly (readonly Token[])[]>;

/** What of the library is used here. */
interface Library {
  readonly env: { allowRemoteModels: boolean; localModelPath: string };
  pipeline(task: 'token-classification', model: string, options: object): Promise<Pipeline>;
}

const library = (await import(process.env['CHARTMARK_TRANSFORMERS_JS'] ?? '')) as Library;
let pipeline: Pipeline | undefined;

await answerLines(async (question) => {
  pipeline ??= await load(question['model'] as string, question['precision'] as Precision);
  const batches = question['batches'] as readonly (readonly string[])[];
  let mentions = 0;
  const started = performance.now();
  for (const batch of batches) {
    for (const tokens of await pipeline(batch)) {
      mentions += tokens.filter(
        ({ entity, word }) => entity.startsWith('B-') && !word.startsWith('##'),
      ).length;
    }
  }
  return { ms: performance.now() - started, mentions, peak: peakMemory() };
});

/** The library wants the graph in a folder `onnx`. */
async function load(model: string, precision: Precision): Promise<Pipeline> {
  const root = await mkdtemp(path.join(tmpdir(), 'chartmark-bench-'));
  try {
    await mkdir(path.join(root, 'model/onnx'), { recursive: true });
    for (const name of ['config.json', 'tokenizer.json', 'tokenizer_config.json']) {
      await symlink(path.resolve(model, name), path.join(root, 'model', name));
    }
    const graph = graphNames[precision];
    await symlink(path.resolve(model, graph), path.join(root, 'model/onnx', graph));
    library.env.allowRemoteModels = false;
    library.env.localModelPath = root;
    return await library.pipeline('token-classification', 'model', {
      dtype: precision === 'fp32' ? 'fp32' : 'q8',
      device: 'cpu',
      session_options: { intraOpNumThreads: availableParallelism() },
    });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
