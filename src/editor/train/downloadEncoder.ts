import path from 'node:path';
import * as vscode from 'vscode';
import { suggestedEncoders } from '../../model/hub/encoders.ts';
import { folderName, hostOf, hubPlace, isModelId } from '../../model/hub/place.ts';
import { megabytes, planPull, pull } from '../../model/hub/pull.ts';
import type { PullPlan, PullProgress } from '../../model/hub/pull.ts';
import { duration } from '../../foundation/duration.ts';
import { askConsent, askOne, askText } from '../ask.ts';
import { requireTrust } from '../models.ts';
import { offer } from '../offer.ts';
import { withProgress } from '../progress.ts';
import { openProject } from '../projects.ts';
import type { Services } from '../services.ts';

const title = 'Download Base Encoder';

/** `chartmark.downloadEncoder`: a model to start training from, into the project's models. */
export function registerDownloadEncoder(services: Services): vscode.Disposable {
  return services.commands.register('chartmark.downloadEncoder', async ({ answers }) => {
    requireTrust();
    const { models } = await openProject(services.projects);
    const id = answers?.id ?? (await askId());
    const place = hubPlace(id, answers?.endpoint === undefined ? {} : { endpoint: answers.endpoint });
    const out = path.join(models, folderName(id));
    const token = process.env['HF_TOKEN'];
    const access = token === undefined || token === '' ? {} : { token };
    const host = hostOf(place);
    const plan = await withProgress(`Asking ${host} about ${id}`, (signal) =>
      planPull(place, { ...access, signal }),
    );
    if (answers === undefined) await askConsent(...consent(plan, host, out));
    await withProgress(`Downloading ${id}`, (signal, report) =>
      pull(
        plan,
        out,
        { ...access, signal },
        {
          onProgress: (progress) =>
            report(progressText(progress), progress.done / Math.max(1, progress.total)),
        },
      ),
    );
    offer(services.log, 'info', `${id} is there: a base to train on.`, [
      { title: 'Train Local Model', run: () => vscode.commands.executeCommand('chartmark.train') },
    ]);
    return out;
  });
}

async function askId(): Promise<string> {
  const suggested = suggestedEncoders.map(({ id, description }) => ({
    label: folderName(id),
    description: id,
    detail: description,
    value: id,
  }));
  const other = { label: 'Another model', description: 'any BERT or RoBERTa, by its name', value: '' };
  const question = 'Which encoder should training start from? A small one is shipped with Chartmark.';
  const id = await askOne(title, question, [...suggested, other]);
  if (id !== '') return id;
  return askText({
    title,
    prompt: 'What is the model called on the hub?',
    value: '',
    check: (text) =>
      isModelId(text.trim()) ? undefined : { severity: 'error', message: 'Such as FacebookAI/roberta-base.' },
  });
}

function consent({ listing, files, total }: PullPlan, host: string, out: string): [string, string, string] {
  const largest = files.at(-1);
  const detail = [
    `${files.length} files, ${megabytes(total)}${largest === undefined ? '' : `; the largest is ${largest.name}`}.`,
    `They go into ${vscode.workspace.asRelativePath(out)}. Nothing of yours is sent.`,
  ].join('\n');
  return [`Download ${listing.place.id} from ${host} (${megabytes(total)})?`, detail, 'Download'];
}

function progressText({ done, total, secondsLeft }: PullProgress): string {
  const left = secondsLeft === undefined ? '' : `, ${duration(secondsLeft)} left`;
  return `${megabytes(done)} of ${megabytes(total)}${left}`;
}
