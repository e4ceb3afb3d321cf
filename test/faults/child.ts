// Work in a process of its own, to be killed: node child.ts '{"kind": ..., "baseUrl": ..., "folder": ...}'.
import { defaultProject } from '../../src/project/defaults.ts';
import { runExtraction } from '../../src/questions/extract/runExtraction.ts';
import { readRounds, type Round } from '../../src/generation/promptSearch/round.ts';
import { runRound } from '../../src/generation/promptSearch/search.ts';
import type { Provider } from '../../src/llm/provider.ts';
import { openAiProvider } from '../../src/llm/openai/openaiProvider.ts';
import { runAt } from '../integration/generation/runAt.ts';
import { runByBatches } from './runByBatches.ts';

/** What is done; whatever was begun in the folder is gone on with. */
export type Job = { readonly baseUrl: string; readonly folder: string } & (
  | { readonly kind: 'generate'; readonly count: number; readonly concurrency: number }
  | { readonly kind: 'batches'; readonly count: number }
  /** Where gout is named in so many texts. */
  | { readonly kind: 'extract'; readonly texts: number; readonly concurrency: number }
  | { readonly kind: 'search' }
);

const job = JSON.parse(process.argv[2] ?? '{}') as Job;
process.stdout.write(JSON.stringify(await done()));

function done(): Promise<unknown> {
  const { baseUrl, folder } = job;
  const provider = openAiProvider({ baseUrl, model: 'gpt-4o-mini' });
  switch (job.kind) {
    case 'generate': {
      const { count, concurrency } = job;
      return runAt({ baseUrl }, folder, { count, resume: true, sending: { concurrency } });
    }
    case 'batches':
      return runByBatches(job);
    case 'extract': {
      const questions = Array.from({ length: job.texts }, (_, number) => ({
        task: 'ner' as const,
        text: `Case ${number} has gout.`,
      }));
      const sending = { backoff: { base: 2, most: 8 }, retries: 6, concurrency: job.concurrency };
      return runExtraction({
        task: 'ner',
        project: defaultProject,
        labels: ['Disease'],
        provider,
        questions,
        perRequest: 3,
        out: folder,
        resume: true,
        sending,
      });
    }
    case 'search':
      return searched(provider, folder);
  }
}

/** The first round of a search; the one before may have been killed after it was whole. */
async function searched(provider: Provider, out: string): Promise<Round> {
  const [whole] = await readRounds(out);
  return (
    whole ??
    runRound({ task: 'ner', project: defaultProject, provider, out, candidates: 2, texts: 3, seed: 1 })
  );
}
