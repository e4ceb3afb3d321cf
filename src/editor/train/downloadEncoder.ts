import path from 'node:path';
import * as vscode from 'vscode';
import { counted } from '../../foundation/numbers.ts';
import { suggestedEncoders } from '../../model/hub/encoders.ts';
import { folderName, hostOf, hubPlace, isModelId } from '../../model/hub/place.ts';
import { megabytes } from '../../model/hub/downloadModel.ts';
import { describePull, preparePull, type PullDisclosure } from '../../tasks/pull.ts';
import { askConsent, askOne, askText } from '../ask.ts';
import { requireTrust } from '../trust.ts';
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
    const { disclosure, start } = await withProgress(`Asking ${hostOf(place)} about ${id}`, (signal) =>
      preparePull(place, path.join(models, folderName(id)), signal),
    );
    if (answers === undefined) await askToDownload(disclosure);
    await withProgress(`Downloading ${id}`, (signal, report) =>
      start({
        signal,
        onProgress: (progress) => report(describePull(progress), progress.done / Math.max(1, progress.total)),
      }),
    );
    offer(services.log, 'info', `${id} was downloaded. You can now train with it.`, [
      { title: 'Train Local Model', run: () => services.commands.start('chartmark.train') },
    ]);
    return disclosure.out;
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
  const question = 'Which encoder should training start from? A small one comes with Chartmark.';
  const id = await askOne(title, question, [...suggested, other]);
  if (id !== '') return id;
  return askText({
    title,
    prompt: 'The name of the model on the hub',
    value: '',
    check: (text) =>
      isModelId(text.trim())
        ? undefined
        : { severity: 'error', message: 'Enter a name such as FacebookAI/roberta-base.' },
  });
}

async function askToDownload({ id, host, files, total, out }: PullDisclosure): Promise<void> {
  const largest = files.at(-1);
  const detail = [
    `${counted(files.length, 'file')}, ${megabytes(total)}${largest === undefined ? '' : `; the largest is ${largest.name}`}.`,
    `The files go into ${vscode.workspace.asRelativePath(out)}. None of your data is sent.`,
  ].join('\n');
  await askConsent(`Download ${id} from ${host} (${megabytes(total)})?`, detail, 'Download');
}
