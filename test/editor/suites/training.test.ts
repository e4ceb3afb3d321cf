import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { access, readdir, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { suite, suiteTeardown, test } from 'mocha';
import * as vscode from 'vscode';
import type { Outcome } from '../../../src/editor/commands.ts';
import type { TrainResult } from '../../../src/training/trainOptions.ts';
import type { TrainingView } from '../../../webview/training/protocol.ts';
import { done, eventually, failure, workspaceFile } from './support.ts';

const epochs = 12;
const answers = {
  name: 'interrupted',
  files: [workspaceFile('train.bio')],
  dev: [workspaceFile('train.bio')],
  epochs,
};

function panels(): string[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.filter(({ input }) => input instanceof vscode.TabInputWebview).map(({ label }) => label),
  );
}

/** The child process of this extension host that trains. */
async function trainerProcess(): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,args=']);
  const children = stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, ...args]) => parent === String(process.pid) && args.join(' ').includes('worker.cjs'));
  // The process that runs models may be there as well; the newest one trains.
  return Math.max(...children.map(([pid]) => Number(pid)));
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

suite('A training that is interrupted', () => {
  test('whose process is killed is a sentence, and refuses a second training meanwhile', async function (this: Mocha.Context) {
    if (process.platform === 'win32') this.skip();
    const state = workspaceFile('models/.interrupted.training/state.bin');
    const running = vscode.commands.executeCommand<Outcome<TrainResult>>('chartmark.train', answers);
    await eventually('the saved state', () => isThere(state), Boolean, 60);
    assert.match(
      await failure('chartmark.train', { ...answers, name: 'other' }),
      /Another training is running/,
    );
    process.kill(await trainerProcess(), 'SIGKILL');
    const outcome = await running;
    assert.equal(outcome.kind, 'failed', JSON.stringify(outcome));
    assert.match(outcome.message, /process ended before it finished the job \(SIGKILL\).*out of memory/);
    const view = await done<TrainingView>('chartmark.showTraining');
    assert.equal(view.state, 'failed');
    assert.match(view.status, /can be resumed from its last saved state/);
    assert.deepEqual(
      view.actions.map(({ action }) => action),
      ['resume', 'showLog'],
    );
  }).timeout(120_000);

  test('goes on to its end, and its panel has the whole of it', async function (this: Mocha.Context) {
    if (process.platform === 'win32') this.skip();
    const result = await done<TrainResult>('chartmark.train', { ...answers, resume: true });
    assert.equal(result.epochs.length, epochs);
    assert.deepEqual(
      (await readdir(workspaceFile('models'))).filter((name) => name.includes('interrupted')),
      ['interrupted'],
    );
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.deepEqual(panels(), []);
    const view = await done<TrainingView>('chartmark.showTraining');
    assert.equal(view.state, 'done');
    assert.deepEqual(view.results, result.epochs);
    assert.equal(view.bestEpoch, result.best.epoch);
    assert.equal(view.losses.at(-1)?.step, view.steps);
    await eventually('the panel', panels, (labels) => labels.includes('Training interrupted'));
  }).timeout(120_000);

  suiteTeardown(async () => {
    await rm(workspaceFile('models/interrupted'), { recursive: true, force: true });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
