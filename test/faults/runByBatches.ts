import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { readBatches } from '../../src/runs/batches/batchList.ts';
import { fetchBatches } from '../../src/runs/batches/followBatches.ts';
import { batchService } from '../../src/llm/batch/batchService.ts';
import { submitBatches } from '../../src/runs/batches/submitBatches.ts';
import { takeIn } from '../../src/generation/batches/takeInResults.ts';
import { writeBatches } from '../../src/generation/batches/writeBatches.ts';
import { openAiProvider } from '../../src/llm/openai/openaiProvider.ts';
import { runResult, withRun, type RunOptions, type RunResult } from '../../src/generation/run/openRun.ts';
import { projectWith } from '../integration/generation/runAt.ts';

export interface BatchJob {
  readonly baseUrl: string;
  readonly folder: string;
  readonly count: number;
}

/** A run as `runByBatches` makes it. */
export function batchRun({ baseUrl, folder, count }: BatchJob): RunOptions {
  const provider = openAiProvider({ baseUrl, model: 'gpt-4o-mini' });
  return { task: 'ner', provider, project: projectWith(), count, out: folder, seed: 1, resume: true };
}

/**
 * A run that asks for everything in batches, whatever was done before: it submits, fetches and takes in what
 * there is, and writes what is still needed, until it has what it wants.
 */
export async function runByBatches(job: BatchJob): Promise<RunResult> {
  const { baseUrl, folder } = job;
  const options = batchRun(job);
  const { signal } = new AbortController();
  const service = batchService({ apiKey: 'none', baseUrl, model: 'gpt-4o-mini', timeout: 2000 });
  const work = { folder, service, retries: 8, backoff: { base: 2, most: 8 } };
  for (;;) {
    const batches = (await readBatches(folder)).filter(({ isClosed }) => isClosed !== true);
    if (batches.some((batch) => batch.service === undefined)) {
      const name = await withRun(options, (run) => Promise.resolve(run.run));
      await submitBatches({ ...work, run: name }, { signal });
    } else if (batches.some(({ fetched }) => fetched === undefined)) {
      await fetchBatches({ ...work, every: 5 }, { signal });
    } else if (batches.length > 0) {
      await withRun(options, (run) => takeIn(run, []));
    } else {
      const file = await freeName(path.join(path.dirname(folder), 'files'));
      const { written, result } = await withRun(options, async (run) => ({
        written: await writeBatches(run, { file, limits: { requests: 25 } }),
        result: runResult(run),
      }));
      if (written.requests === 0) return result;
    }
  }
}

/** A killed process may have left files that nobody knows of. */
async function freeName(folder: string): Promise<string> {
  const files = await readdir(folder).catch(() => []);
  return path.join(folder, `b${files.length}.jsonl`);
}
