// The fault-injection suite in full: node test/faults/run.ts --kills 200 --torn 1000 --schedules 1000 --batch-kills 50 --asking-kills 50 [--seed N]
import { parseArgs } from 'node:util';
import { runExtractKilled, runSearchKilled } from './askingKills.ts';
import { runBatchesKilled } from './batchKills.ts';
import { runBatchesTorn } from './batchTorn.ts';
import { runKilled } from './kills.ts';
import { runSchedule } from './schedules.ts';
import { runTorn } from './torn.ts';

const killsPerRun = 8;
const cutsPerRun = 20;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    torn: { type: 'string', default: '1000' },
    schedules: { type: 'string', default: '1000' },
    'batch-kills': { type: 'string', default: '50' },
    'asking-kills': { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
  },
});
const seed = Number(values.seed);
let failures = 0;

function tell(what: string, at: number, broken: readonly string[]): void {
  if (broken.length === 0) return;
  failures++;
  process.stdout.write(`${what} ${at}: ${[...new Set(broken)].join('; ')}\n`);
}

async function timed(what: string, work: () => Promise<string>): Promise<void> {
  const begun = performance.now();
  const done = await work();
  process.stdout.write(`${what}: ${done}, ${((performance.now() - begun) / 1000).toFixed(0)} s\n`);
}

await timed('kills', async () => {
  let kills = 0;
  let runs = 0;
  for (; kills < Number(values.kills); runs++) {
    const trial = await runKilled(seed * 10_007 + runs, Math.min(killsPerRun, Number(values.kills) - kills));
    kills += trial.kills;
    tell('killed run', runs, trial.broken);
  }
  return `${kills} of processes at work on ${runs} runs`;
});
await timed('kills of runs by batches', async () => {
  let kills = 0;
  let runs = 0;
  for (; kills < Number(values['batch-kills']); runs++) {
    const most = Math.min(killsPerRun, Number(values['batch-kills']) - kills);
    const trial = await runBatchesKilled(seed * 40_009 + runs, most);
    kills += trial.kills;
    tell('killed run by batches', runs, trial.broken);
  }
  for (let run = 0; run < runs; run++) {
    tell('torn run by batches', run, await runBatchesTorn(seed * 50_021 + run, cutsPerRun));
  }
  return `${kills} of processes at work on ${runs} runs, and ${2 * cutsPerRun * runs} states that a kill could leave`;
});
await timed('kills of extractions and prompt searches', async () => {
  let kills = 0;
  let runs = 0;
  for (; kills < Number(values['asking-kills']); runs++) {
    const most = Math.min(killsPerRun, Number(values['asking-kills']) - kills);
    const run = runs % 2 === 0 ? runExtractKilled : runSearchKilled;
    const trial = await run(seed * 60_013 + runs, most);
    kills += trial.kills;
    tell(runs % 2 === 0 ? 'killed extraction' : 'killed search', runs, trial.broken);
  }
  return `${kills} of processes at work on ${runs} of them`;
});
await timed('torn files', async () => {
  let cuts = 0;
  for (let run = 0; cuts < Number(values.torn); run++) {
    const now = Math.min(cutsPerRun, Number(values.torn) - cuts);
    tell('torn run', run, await runTorn(seed * 20_011 + run, now));
    cuts += now;
  }
  return `${cuts} states that a kill could leave`;
});
await timed('fault schedules', async () => {
  for (let at = 0; at < Number(values.schedules); at++) {
    tell('schedule', at, await runSchedule(seed * 30_011 + at));
  }
  return `${values.schedules} runs`;
});
process.stdout.write(failures === 0 ? 'Nothing was lost or doubled.\n' : `${failures} went wrong.\n`);
process.exitCode = failures === 0 ? 0 : 1;
