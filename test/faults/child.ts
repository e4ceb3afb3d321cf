// A run in a process of its own, to be killed: node child.ts '{"baseUrl": ..., "folder": ..., "count": ...}'.
import { runAt } from '../integration/synthesis/runAt.ts';
import { runByBatches } from './runByBatches.ts';

const { isByBatches, ...job } = JSON.parse(process.argv[2] ?? '{}') as {
  readonly baseUrl: string;
  readonly folder: string;
  readonly count: number;
  readonly concurrency: number;
  readonly isByBatches?: boolean;
};
const { baseUrl, folder, count, concurrency } = job;
const result =
  isByBatches === true
    ? await runByBatches(job)
    : await runAt({ baseUrl }, folder, { count, resume: true, sending: { concurrency } });
process.stdout.write(JSON.stringify(result));
