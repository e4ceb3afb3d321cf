import type * as vscode from 'vscode';
import { counted } from '../../foundation/numbers.ts';
import type { Verified } from '../../questions/verify/runVerification.ts';
import { runOf } from '../askRun.ts';
import { askProvider } from '../generate/askProvider.ts';
import { offer } from '../offer.ts';
import type { OpenProject } from '../../project/projectPlaces.ts';
import { openProject } from '../projects.ts';
import { askConsent } from '../sending/askConsent.ts';
import { chooseModel, type ModelKind } from '../sending/chooseModel.ts';
import { withQueryProgress } from '../sending/queryProgress.ts';
import type { Services } from '../services.ts';

const title = 'Check Labels with a Model';

/**
 * `chartmark.verify`: a language model checks the doubtful labels of a run. Sends synthetic texts after the user has
 * agreed. What the model changes is in the run's review.
 */
export function registerCheckLabels(services: Services): vscode.Disposable {
  return services.commands.register('chartmark.verify', async ({ answers, uri }) => {
    const place = await openProject(services.projects);
    const folder = await runOf(title, place, { answers, uri });
    const kind = answers === undefined ? await askModel(place) : (answers.provider ?? 'openai');
    return checkLabels(services, place, { folder, kind, texts: answers?.texts });
  });
}

function askModel(place: OpenProject): Promise<ModelKind> {
  return askProvider(place, {
    title,
    placeHolder: 'Which language model?',
    offline: false,
    sends: 'Synthetic texts of the run',
  });
}

interface Wish {
  readonly folder: string;
  readonly kind: ModelKind;
  /** Texts to check at most. */
  readonly texts: number | undefined;
}

async function checkLabels(
  services: Services,
  { project }: OpenProject,
  { folder, kind, texts }: Wish,
): Promise<Verified> {
  const { prepareCheckLabels } = await import('../../tasks/checkLabels.ts');
  const model = await chooseModel(services, kind, { project });
  const wish = { folder, project, model, ...(texts === undefined ? {} : { texts }) };
  const { disclosure, start } = await prepareCheckLabels(wish);
  const what = counted(disclosure.estimate.texts, 'synthetic text');
  const consent = await askConsent(disclosure, { what });
  const verified = await withQueryProgress('Checking labels', model.info, (hooks) => start(consent, hooks));
  await showVerified(services, folder, verified);
  return verified;
}

async function showVerified({ log, commands }: Services, folder: string, verified: Verified): Promise<void> {
  if (verified.asked === 0) {
    offer(log, 'info', 'No text of the run has doubtful labels. Nothing was sent.', []);
    return;
  }
  const { describeVerified } = await import('../../questions/verify/describeVerified.ts');
  offer(log, 'info', `${describeVerified(verified).join('. ')}.`, [
    { title: 'Review', run: () => commands.start('chartmark.review', { folder }) },
  ]);
}
