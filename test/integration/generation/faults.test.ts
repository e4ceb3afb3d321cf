import { describe, expect, it } from 'vitest';
import { runExtractKilled, runSearchKilled } from '../../faults/askingKills.ts';
import { runBatchesKilled } from '../../faults/batchKills.ts';
import { runBatchesTorn } from '../../faults/batchTorn.ts';
import { runKilled } from '../../faults/kills.ts';
import { runSchedule } from '../../faults/schedules.ts';
import { runTorn } from '../../faults/torn.ts';

// A few of each; `node test/faults/run.ts` runs hundreds.
describe('a run loses and doubles nothing, and pays for nothing again', () => {
  it('when its process is killed at random moments', async () => {
    const { kills, broken } = await runKilled(5, 8);
    expect(broken).toEqual([]);
    expect(kills).toBe(8);
  }, 60_000);

  it('when it asks in batches and its process is killed at random moments', async () => {
    const { kills, broken } = await runBatchesKilled(3, 8);
    expect(broken).toEqual([]);
    expect(kills).toBeGreaterThan(2);
  }, 60_000);

  it('when it asks about given texts and its process is killed at random moments', async () => {
    const { kills, broken } = await runExtractKilled(2, 5);
    expect(broken).toEqual([]);
    expect(kills).toBeGreaterThan(2);
  }, 60_000);

  it('when it looks for a prompt and its process is killed at random moments', async () => {
    const { kills, broken } = await runSearchKilled(2, 4);
    expect(broken).toEqual([]);
    expect(kills).toBeGreaterThan(1);
  }, 60_000);

  it('when it is cut off while it writes batches or takes them in', async () => {
    expect(await runBatchesTorn(4, 20)).toEqual([]);
  }, 60_000);

  it('when its files end anywhere', async () => {
    expect(await runTorn(6, 20)).toEqual([]);
  }, 60_000);

  it('when the service fails in every way', async () => {
    for (let seed = 0; seed < 30; seed++)
      expect({ seed, broken: await runSchedule(seed) }).toEqual({ seed, broken: [] });
  }, 60_000);
});
