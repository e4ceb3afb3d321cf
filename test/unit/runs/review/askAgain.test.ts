import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { requeueRequest } from '../../../../src/runs/review/requeueRequest.ts';
import { readLedgerState } from '../../../../src/runs/ledgerState.ts';
import { lockRun } from '../../../../src/runs/runLock.ts';
import { brokenPromises, readRun } from '../../../support/runInvariants.ts';
import { makeRun } from './reviewedRun.ts';

let folder = '';
afterEach(() => rm(folder, { recursive: true }));

describe('asking again', () => {
  it('writes the same request down under a new number, as one that has cost nothing', async () => {
    folder = await makeRun(12);
    const ledger = path.join(folder, 'ledger.jsonl');
    const before = await readLedgerState(ledger);
    const number = await requeueRequest(folder, 1);
    const after = await readLedgerState(ledger);
    expect(number).toBe(before.nextIndex);
    expect(after.open).toHaveLength(1);
    const { entries } = await readRun(folder);
    const asked = entries.find((entry) => entry.event === 'request' && entry.index === 1);
    expect(after.open[0]).toEqual({ ...asked, index: number });
    expect(after.usage).toEqual(before.usage);
  });

  it('is answered first when the run goes on, and nothing is lost or doubled', async () => {
    folder = await makeRun(12);
    const number = await requeueRequest(folder, 1);
    await makeRun(18, folder);
    const run = await readRun(folder);
    expect(brokenPromises(run, 18)).toEqual([]);
    expect(run.replies.map(({ index }) => index)).toContain(number);
  });

  it('is refused while the run is at work, and for a request that the ledger does not have', async () => {
    folder = await makeRun(12);
    const unlock = await lockRun(folder);
    await expect(requeueRequest(folder, 1)).rejects.toThrow('Another run is writing to this folder');
    await unlock();
    await expect(requeueRequest(folder, 99)).rejects.toThrow('does not contain the request');
  });
});
