import path from 'node:path';
import type * as vscode from 'vscode';
import { UserError } from '../../foundation/userError.ts';
import type { GenerateResult } from '../../generation/run/generateTexts.ts';
import { askText, isCount } from '../ask.ts';
import { runOf } from '../askRun.ts';
import { openProject } from '../projects.ts';
import type { OpenProject } from '../../project/projectPlaces.ts';
import type { WriterKind } from '../sending/chooseModel.ts';
import type { Services } from '../services.ts';
import { mostTexts } from './askPlan.ts';
import { writeRun } from './generate.ts';

/**
 * `chartmark.resumeRun`: resumes a run that was stopped, or has it write more. As with a new one, nothing is sent before
 * the user agrees.
 */
export function registerResumeRun(services: Services): vscode.Disposable {
  return services.commands.register('chartmark.resumeRun', async ({ answers, uri }) => {
    const place = await openProject(services.projects);
    const folder = await runOf('Resume Run', place, { answers, uri });
    return resumeRun(services, place, { folder, count: answers?.count });
  });
}

/** Resumes the run in `folder`, for `count` texts in all; the user is asked how many if undefined. */
export async function resumeRun(
  services: Services,
  place: OpenProject,
  { folder, count: given }: { readonly folder: string; readonly count?: number | undefined },
): Promise<GenerateResult> {
  const [{ readGenerationRun }, { wishOfRun }] = await Promise.all([
    import('../../runs/runDescription.ts'),
    import('../../tasks/begunRun.ts'),
  ]);
  const { project } = place;
  const begun = await readGenerationRun(folder);
  const count = given ?? (await askCount(path.basename(folder), begun.count));
  const wish = await wishOfRun(begun, { project, count, resources: services.resources.fsPath });
  const writer = writerOf(begun.provider, folder);
  return writeRun(services, place, { wish, writer, model: begun.model, out: folder, resume: true });
}

function writerOf(name: string, folder: string): WriterKind {
  if (name === 'offline' || name === 'openai' || name === 'editor') return name;
  throw new UserError('This run was started with an unknown writer.', {
    place: { file: folder },
    nextStep: 'Update Chartmark, or start a new run.',
  });
}

async function askCount(name: string, wanted: number): Promise<number> {
  const count = await askText({
    title: `Resume ${name}`,
    prompt: `How many notes in total? The run was started for ${wanted}. It keeps the notes that it has, and no reply is paid for twice.`,
    value: String(wanted),
    check: (text) =>
      isCount(text, mostTexts) ? undefined : { severity: 'error', message: 'Enter a whole number.' },
  });
  return Number(count);
}
