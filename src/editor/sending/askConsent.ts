import * as vscode from 'vscode';
import { counted } from '../../foundation/numbers.ts';
import { CancelledError } from '../../foundation/userError.ts';
import type { ModelInfo } from '../../llm/provider.ts';
import type { Consent, Disclosure } from '../../tasks/sending/consent.ts';
import type { IdentifierScan } from '../../tasks/sending/identifierScan.ts';
import { askConsent as askModal, askText } from '../ask.ts';
import { showPlaces } from '../offer.ts';

const send = 'Send';
const sendAnyway = 'Send Anyway';

interface Wording {
  /** What would be sent, as the object of a question: "the text of visit.txt"; the number of requests by default. */
  readonly what?: string;
  /** Whether the Problems view lists identifiers that were found in the open file. */
  readonly listsProblems?: boolean;
}

/**
 * Shows a task's disclosure and asks for consent. If something has a price, a limit can be set in the question. If
 * identifiers would leave this computer, that is asked first. Throws `CancelledError` after a no.
 */
export async function askConsent<Task extends string>(
  disclosure: Disclosure<Task>,
  { what: named, listsProblems = false }: Wording = {},
): Promise<Consent<Task>> {
  const [{ Consent: consents }, { describeEstimate }, { dollars }] = await Promise.all([
    import('../../tasks/sending/consent.ts'),
    import('../../llm/cost/describeEstimate.ts'),
    import('../../llm/cost/dollars.ts'),
  ]);
  const { model, sends, estimate, identifiers, maxCostUsd: given } = disclosure;
  const { requests } = estimate;
  const what = named ?? `${requests === 1 ? '' : 'about '}${counted(requests, 'request')}`;
  // Nothing is sent: the texts are written on this computer, or every answer is on the disk already. Or no more than an
  // API key is sent, which the user has given for this very host.
  if (model.isRepeatable === true || requests === 0) return consents.to(disclosure);
  if (disclosure.isStopped) await askAboutIdentifiers(identifiers, model, listsProblems);
  // What is written now is sent by another task, which asks.
  if (sends === 'nothing') return consents.to(disclosure, { despiteIdentifiers: true });
  const hasPrice = estimate.costUsd !== undefined;
  let limit = given;
  for (;;) {
    const limitLine =
      limit === undefined
        ? 'Limit: none.'
        : `Limit: ${dollars(limit)}${limit === given ? '' : ', for this run'}. The run stops before it could cost more.`;
    const lines = [
      hostLine(model),
      `Model: ${model.model}`,
      `Requested: ${disclosure.wanted}`,
      ...describeEstimate(estimate, model, disclosure.mayGrow),
      ...(estimate.upToUsd === undefined ? [] : [`At most ${dollars(estimate.upToUsd)} in total.`]),
      ...disclosure.notes,
      ...(hasPrice || limit !== undefined ? [limitLine] : []),
      ...(identifiers.found.length === 0 ? [] : ['', `PLEASE CHECK: ${describeIdentifiers(identifiers)}`]),
      '',
      disclosure.sent,
    ];
    const change = limit === undefined ? 'Set Limit' : 'Change Limit';
    const question = `Send ${what} to ${model.destination.host}?`;
    const answer = await askModal(question, lines.join('\n'), send, ...(hasPrice ? [change] : []));
    if (answer === send) return consents.to(disclosure, { maxCostUsd: limit, despiteIdentifiers: true });
    limit = await askLimit(limit, given);
  }
}

/** Where requests to a model go, as a line of a question. */
function hostLine({ destination: { kind, host }, isUnencrypted }: ModelInfo): string {
  const where = kind === 'local' ? 'this computer' : 'another computer';
  return `Host: ${host} (${where}${isUnencrypted === true ? ', by http: NOT ENCRYPTED' : ''})`;
}

const mostPlaces = 5;

function describeIdentifiers(scan: IdentifierScan): string {
  const { found } = scan;
  const places = found.slice(0, mostPlaces).map(({ place, line, kind }) => {
    const shown = line === undefined ? place : `${vscode.workspace.asRelativePath(place)}, line ${line}`;
    return `${shown} (${kind})`;
  });
  const more = found.length > mostPlaces ? ` and ${found.length - mostPlaces} more` : '';
  return `${scan.summary}: ${places.join('; ')}${more}.`;
}

async function askAboutIdentifiers(
  scan: IdentifierScan,
  { destination: { host } }: ModelInfo,
  listsProblems: boolean,
): Promise<void> {
  const what = describeIdentifiers(scan);
  const chosen = await vscode.window.showWarningMessage(
    `${what} Nothing was sent.`,
    {
      modal: true,
      detail: [
        listsProblems
          ? 'The Problems view lists those in the open file. Remove them, or choose a service on this computer.'
          : 'Remove them, or choose a service on this computer.',
        `Choose "${sendAnyway}" only if you have checked that they are not identifiers. Chartmark then shows what goes to ${host}.`,
      ].join('\n'),
    },
    ...(listsProblems ? [showPlaces.title] : []),
    sendAnyway,
  );
  if (chosen === showPlaces.title) await showPlaces.run();
  if (chosen !== sendAnyway) throw new CancelledError();
}

/** The limit as it was if the question is left with Escape, and the given one if it is left empty. */
async function askLimit(limit: number | undefined, given: number | undefined): Promise<number | undefined> {
  try {
    const text = await askText({
      title: 'Cost Limit',
      prompt: `Maximum cost in USD. Leave it empty for ${given === undefined ? 'no limit' : `${given} USD`}.`,
      value: limit === undefined ? '' : String(limit),
      check: (input) =>
        isAmount(input) ? undefined : { severity: 'error', message: 'Enter an amount such as 2.50.' },
    });
    return text === '' ? given : Number(text);
  } catch (error) {
    if (error instanceof CancelledError) return limit;
    throw error;
  }
}

function isAmount(text: string): boolean {
  return text.trim() === '' || (/^\s*\d*\.?\d+\s*$/.test(text) && Number(text) > 0);
}
