import path from 'node:path';
import * as vscode from 'vscode';
import { askText, isCount } from '../ask.ts';
import { runOf } from '../askRun.ts';
import { readArgument } from '../commandArgument.ts';
import { type Outcome, registerCommand } from '../commandRunner.ts';
import { openProject } from '../projects.ts';
import type { Services } from '../services.ts';
import { mostTexts } from './askPlan.ts';
import { begunRun, planOfRun } from './runPlan.ts';

interface GoOnAnswers {
  /** The folder of the run. */
  readonly folder: string;
  /** Accepted texts wanted in all. */
  readonly count: number;
}

/**
 * `chartmark.resumeRun`: goes on with a run that was stopped, or has it write more. As with a new one, nothing is sent
 * before the user agrees.
 */
export function registerGoOnWithRun(services: Services): vscode.Disposable {
  return registerCommand(services, 'chartmark.resumeRun', async (argument) => {
    const { answers, uri } = readArgument<GoOnAnswers>(argument);
    const place = await openProject(services.projects);
    const folder = await runOf('Resume Run', place, { answers, uri });
    const begun = await begunRun(folder);
    const count = answers?.count ?? (await askCount(path.basename(folder), begun.count));
    const wanted = { project: place.project, count, resources: services.resources.fsPath };
    const { topicSource, plan } = await planOfRun(begun, wanted);
    const about = plan.relations === undefined ? {} : { relations: plan.relations };
    const { provider, model, task, seed } = begun;
    const again = { provider, model, task, ...about, count, seed, topicSource, run: folder };
    return vscode.commands.executeCommand<Outcome<unknown>>('chartmark.generate', again);
  });
}

async function askCount(name: string, wanted: number): Promise<number> {
  const count = await askText({
    title: `Resume ${name}`,
    prompt: `How many notes in all? It was begun for ${wanted}. What it has is kept, and no reply is paid for twice.`,
    value: String(wanted),
    check: (text) =>
      isCount(text, mostTexts) ? undefined : { severity: 'error', message: 'A whole number is needed.' },
  });
  return Number(count);
}
