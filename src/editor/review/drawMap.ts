import { runFolders } from '../../runs/runFolders.ts';
import * as vscode from 'vscode';
import type { ReviewMap } from '../../../webview/review/protocol.ts';
import { readDocuments } from '../../corpus/read.ts';
import { UserError } from '../../foundation/userError.ts';
import { evenSamples, sentencesOf } from '../../evaluation/textMap/mapSentences.ts';
import type { RunReview } from '../../runs/review/reviewText.ts';
import { askOwnFiles } from '../dataFiles.ts';
import { offer } from '../offer.ts';
import { placeOpener } from '../openPlace.ts';
import { withProgress } from '../progress.ts';
import { openProject } from '../projects.ts';
import type { Services } from '../services.ts';

/** The encoder that is shipped. */
const encoder = 'all-MiniLM-L6-v2';

/** Fewer tell nothing about nearness. */
const fewestSentences = 3;

/**
 * Asks for files of the user's own and sets their sentences beside the accepted ones of a run. All of it happens
 * in the child process on this computer. Files that cannot be read are left out, and named. Throws `UserError`, or `CancelledError`.
 */
export async function drawMap(services: Services, { texts }: RunReview): Promise<ReviewMap> {
  const { projects, resources, worker } = services;
  const place = await openProject(projects);
  const chosen = await askOwnFiles(
    'Map of Texts',
    'Which texts of your own are to be set beside the synthetic ones? They stay on this computer.',
    place,
  );
  const own = await ownSentences(services, chosen);
  const synthetic = texts
    .filter(({ now }) => now.isAccepted)
    .flatMap(({ now }) => sentencesOf({ text: now.tagged.text }));
  const samples = evenSamples(synthetic, own);
  if (samples.own.length < fewestSentences) {
    throw new UserError(`A map needs ${fewestSentences} sentences of each kind or more.`, {
      nextStep: 'Choose files with more text, or generate more.',
    });
  }
  const map = await withProgress('Chartmark: comparing texts', (signal, report) =>
    worker.mapTexts(
      { encoder: vscode.Uri.joinPath(resources, 'models', encoder).fsPath, ...samples },
      {
        signal,
        onProgress: ({ done, total }) => report(`${done} of ${total} sentences`, done / total),
      },
    ),
  );
  return {
    share: map.share,
    gap: map.gap,
    synthetic: [...map.synthetic],
    own: [...map.own],
    texts: samples,
    farthest: map.farthest.map(({ index, similarity }) => ({ text: samples.own[index] ?? '', similarity })),
    all: { synthetic: synthetic.length, own: own.length },
  };
}

async function ownSentences({ log }: Services, files: readonly string[]): Promise<readonly string[]> {
  const sentences: string[] = [];
  const unread: UserError[] = [];
  for (const file of files) {
    try {
      sentences.push(...(await readDocuments([file], runFolders)).flatMap(sentencesOf));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      unread.push(error);
    }
  }
  const [first] = unread;
  if (first !== undefined) {
    const rest = unread.length === 1 ? '' : ` and ${unread.length - 1} more`;
    const name = vscode.workspace.asRelativePath(first.place?.file ?? '');
    offer(
      log,
      'warning',
      `Not in the map, since it cannot be read: ${name}${rest}.`,
      placeOpener(first.place),
    );
  }
  return sentences;
}
