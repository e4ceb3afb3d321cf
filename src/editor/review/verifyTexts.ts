import * as vscode from 'vscode';
import { counted } from '../../foundation/numbers.ts';
import { describeAsking } from '../../generation/run/describeProgress.ts';
import type { Estimate } from '../../llm/cost/estimate.ts';
import type { Provider } from '../../llm/provider.ts';
import type { VerifyPlan } from '../../questions/verify/planVerification.ts';
import type { Verified } from '../../questions/verify/verify.ts';
import { runOf } from '../askRun.ts';
import { askProvider } from '../generate/askProvider.ts';
import { askSending, hostLine } from '../generate/askSending.ts';
import { showDestination } from '../sending/destinationStatus.ts';
import { createProvider, type ProviderKind } from '../generate/providers.ts';
import { offer } from '../offer.ts';
import { withProgress } from '../progress.ts';
import { openProject } from '../projects.ts';
import type { OpenProject } from '../../project/projectPlaces.ts';
import type { Services } from '../services.ts';

interface VerifyAnswers {
  /** The folder of the run. */
  readonly folder: string;
  /** Who is asked: the endpoint of settings and project by default. */
  readonly provider: Exclude<ProviderKind, 'offline'>;
  /** Texts asked about at most. */
  readonly texts?: number;
}

const title = 'Check Labels with a Model';

/**
 * `chartmark.verify`: a language model checks the doubtful labels of a run. Sends synthetic texts after the user has
 * agreed to their number and destination; what is changed stands in the run's review.
 */
export function registerVerify(services: Services): vscode.Disposable {
  return services.commands.register('chartmark.verify', async ({ answers, uri }) => {
    const place = await openProject(services.projects);
    const folder = await runOf(title, place, { answers, uri });
    const provider = answers === undefined ? await askWho(place) : (answers.provider ?? 'openai');
    return verifyRun(services, place, {
      folder,
      provider,
      ...(answers?.texts === undefined ? {} : { texts: answers.texts }),
    });
  });
}

async function askWho(place: OpenProject): Promise<ProviderKind> {
  return askProvider(place, {
    title,
    placeHolder: 'Which language model checks the labels?',
    offline: false,
    sends: 'Synthetic texts of the run',
  });
}

async function verifyRun(
  services: Services,
  { project }: OpenProject,
  { folder, provider: kind, texts }: Omit<VerifyAnswers, 'provider'> & { readonly provider: ProviderKind },
): Promise<Verified> {
  const [{ planVerification }, { verify }, { estimateQuestions }, { requirePrice }] = await Promise.all([
    import('../../questions/verify/planVerification.ts'),
    import('../../questions/verify/verify.ts'),
    import('../../questions/engine/estimateQuestions.ts'),
    import('../../llm/cost/requirePrice.ts'),
  ]);
  let { maxCostUsd } = project.generation;
  const asking = { folder, project, ...(texts === undefined ? {} : { texts }) };
  const provider = await createProvider(services, { provider: kind }, project, async (asked) => {
    // A limit that cannot be kept is told before anybody agrees to anything.
    requirePrice(asked, project.generation.prices, maxCostUsd);
    const plan = await planVerification({ ...asking, provider: asked });
    const { out, questionSet } = plan;
    const estimate = await estimateQuestions(questionSet, { provider: asked, out, resume: true });
    if (estimate.requests > 0) maxCostUsd = await askToVerify(asked, plan, estimate, maxCostUsd);
  });
  const status = showDestination(provider.destination, provider.model, 'texts');
  try {
    const verified = await withProgress(`Asking ${provider.model} about labels`, (signal, report) =>
      verify(
        { ...asking, provider, ...(maxCostUsd === undefined ? {} : { maxCostUsd }) },
        {
          signal,
          onProgress: ({ done, total, trouble }) =>
            report(describeAsking(`${done} of ${total}`, { trouble }), done / total),
        },
      ),
    );
    await tellVerified(services, folder, verified);
    return verified;
  } finally {
    status.dispose();
  }
}

async function askToVerify(
  provider: Provider,
  { doubtful, accepted }: VerifyPlan,
  estimate: Estimate & { readonly upToUsd?: number },
  maxCostUsd: number | undefined,
): Promise<number | undefined> {
  const { dollars } = await import('../../llm/cost/dollars.ts');
  const { destination, model } = provider;
  const { texts, requests, upToUsd } = estimate;
  return askSending({
    message: `Send ${counted(texts, 'synthetic text')} to ${destination.host}?`,
    lines: [
      hostLine(provider),
      `Model: ${model}`,
      `Texts: ${doubtful} of ${accepted} are in doubt; ${texts} are asked about, in ${requests} requests`,
      ...(upToUsd === undefined ? [] : [`Cost: at most ${dollars(upToUsd)}`]),
    ],
    sent: 'Sent: these texts of the run with their labels, why they are in doubt, and the label definitions of the project.',
    estimate,
    maxCostUsd,
  });
}

async function tellVerified({ log }: Services, folder: string, verified: Verified): Promise<void> {
  if (verified.asked === 0) {
    offer(log, 'info', 'No text of the run is in doubt; nothing was sent.', []);
    return;
  }
  const { describeVerified } = await import('../../questions/verify/describeVerified.ts');
  offer(log, 'info', `${describeVerified(verified).join('. ')}.`, [
    { title: 'Review', run: () => vscode.commands.executeCommand('chartmark.review', { folder }) },
  ]);
}
