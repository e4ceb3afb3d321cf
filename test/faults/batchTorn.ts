import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { randomInteger, seededRandom } from '../../src/foundation/random.ts';
import { readBatches } from '../../src/runs/batches/batchList.ts';
import { fetchBatches } from '../../src/runs/batches/followBatches.ts';
import { batchService } from '../../src/llm/batch/batchService.ts';
import { submitBatches } from '../../src/runs/batches/submitBatches.ts';
import { takeIn } from '../../src/generation/batches/takeInResults.ts';
import { writeBatches } from '../../src/generation/batches/writeBatches.ts';
import { withRun } from '../../src/generation/run/openRun.ts';
import { startChatServer } from '../support/chatServer/chatServer.ts';
import { batchRun } from './runByBatches.ts';
import { readFiles, tear } from './torn.ts';
import { inFolder } from './trial.ts';

const count = 60;

/**
 * Cuts a run's files off as a kill in the middle of writing a batch, or of taking one in, could have left
 * them, and does it again: `cuts` of each. Gives what does not hold.
 */
export function runBatchesTorn(seed: number, cuts: number): Promise<readonly string[]> {
  return inFolder(async (folder) => {
    const random = seededRandom(seed);
    const server = await startChatServer({
      batches: {
        fate: () =>
          (['answered', 'answered', 'twice', 'expired', 'missing'] as const)[randomInteger(random, 5)] ??
          'missing',
      },
    });
    const { baseUrl } = server;
    const broken: string[] = [];
    try {
      const options = batchRun({ baseUrl, folder, count });
      const { run, written } = await withRun(options, async (open) => ({
        run: open.run,
        written: await writeBatches(open, { file: `${folder}.jsonl` }),
      }));
      const asked = await readFile(path.join(folder, 'ledger.jsonl'));
      for (let cut = 0; cut < cuts; cut++) {
        const torn = `${folder}-w${cut}`;
        await cp(folder, torn, { recursive: true });
        await rm(path.join(torn, 'batches.json'));
        await writeFile(
          path.join(torn, 'ledger.jsonl'),
          asked.subarray(0, randomInteger(random, asked.length + 1)),
        );
        const again = await withRun({ ...options, out: torn }, (open) =>
          writeBatches(open, { file: `${torn}.jsonl` }),
        );
        if (again.requests !== written.requests)
          broken.push('requests of a file that was never whole are lost');
      }
      const service = batchService({ apiKey: 'none', baseUrl, model: 'gpt-4o-mini', timeout: 2000 });
      const work = { folder, run, service, retries: 0, backoff: { base: 1, most: 1 } };
      const { signal } = new AbortController();
      await submitBatches(work, { signal });
      await fetchBatches({ ...work, every: 1 }, { signal });
      const files = (await readBatches(folder)).flatMap(({ fetched }) => fetched ?? []);
      const results = files.map((file) => path.join(folder, file));
      await cp(folder, `${folder}-fetched`, { recursive: true });
      await withRun(options, (open) => takeIn(open, results));
      const whole = await readFiles(folder);
      for (let cut = 0; cut < cuts; cut++) {
        const torn = `${folder}-t${cut}`;
        await cp(`${folder}-fetched`, torn, { recursive: true });
        for (const [name, content] of Object.entries(tear(whole, random, asked.length))) {
          await writeFile(path.join(torn, name), content);
        }
        await withRun({ ...options, out: torn }, (open) => takeIn(open, []));
        const now = await readFiles(torn);
        for (const name of ['accepted.jsonl', 'rejected.jsonl'] as const) {
          if (!now[name].equals(whole[name])) broken.push(`${name} is not what it would have been`);
        }
      }
      return broken;
    } finally {
      await server.close();
    }
  });
}
