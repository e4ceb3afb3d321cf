import { capitalised } from '../foundation/capitalised.ts';
import type { Command } from 'commander';
import { counted } from '../foundation/numbers.ts';
import { CancelledError, UserError } from '../foundation/userError.ts';
import { describeEstimate } from '../llm/cost/describeEstimate.ts';
import { dollars } from '../llm/cost/dollars.ts';
import { describeDestination } from '../llm/destination.ts';
import type { ModelInfo } from '../llm/provider.ts';
import type { Project } from '../project/project.ts';
import { Consent, type Disclosure } from '../tasks/sending/consent.ts';
import type { FoundIdentifier } from '../privacy/identifierKinds.ts';
import type { IdentifierScan } from '../tasks/sending/identifierScan.ts';
import { type CliContext, shownPath } from './context.ts';
import { UsageError } from './exit.ts';

/** How a person agrees in the command itself. */
export interface ConsentFlags {
  /** An address that the command names is meant. */
  readonly baseUrl?: string;
  /** Agrees to the host that chartmark.json names, and to synthetic texts going there. */
  readonly yes?: boolean;
  /** Agrees to the person's own texts going to this host. */
  readonly yesSendTo?: string;
  /** Agrees to what looks like identifiers being sent. */
  readonly allowIdentifiers?: boolean;
}

/** Adds the options of a task that sends prompts, synthetic texts or texts of the user's own. */
export function addConsentOptions(command: Command, sends: Disclosure<string>['sends'] = 'prompts'): Command {
  const allow = '--allow-identifiers';
  if (sends === 'own texts') {
    return command
      .option('--yes-send-to <host>', 'you agree to your texts being sent to this host')
      .option(allow, 'send them even if there are possible identifiers of persons');
  }
  const agreed =
    sends === 'prompts'
      ? 'sending requests and your key to the host in chartmark.json'
      : 'sending the texts and your key to the host in --base-url or chartmark.json';
  return command
    .option('--yes', `you agree to ${agreed}`)
    .option(allow, 'send them even if there are possible identifiers of persons');
}

/** Shows what a task would send where, and what it would cost, on standard error. */
export function showDisclosure<Task extends string>(context: CliContext, disclosure: Disclosure<Task>): void {
  const { model, wanted, estimate, mayGrow, maxCostUsd, notes } = disclosure;
  context.note(`${capitalised(wanted)} from ${model.name} (${model.model}), ${describeDestination(model)}`);
  if (estimate.requests > 0) {
    for (const line of describeEstimate(estimate, model, mayGrow)) context.note(line);
    if (estimate.upToUsd !== undefined) context.note(`At most ${dollars(estimate.upToUsd)} in total.`);
  }
  if (maxCostUsd !== undefined) context.note(`Limit: ${dollars(maxCostUsd)}`);
  for (const note of notes) context.note(note);
  showIdentifiers(context, disclosure.identifiers);
}

const mostPlaces = 50;

function showIdentifiers(context: CliContext, { found }: IdentifierScan): void {
  for (const one of found.slice(0, mostPlaces)) context.note(`${placeOf(one)}: ${one.kind}`);
  if (found.length > mostPlaces) context.note(`... and ${found.length - mostPlaces} more`);
}

function placeOf({ place, line }: FoundIdentifier): string {
  return line === undefined ? place : `${shownPath(place)}:${line}`;
}

/**
 * A person's consent to what `showDisclosure` has shown: by the flags of the command, or by an answer on the terminal.
 * Requests to this computer need none if the command names its address: what listens at an address that only chartmark.json
 * names may be of somebody else, like the file. Throws `UsageError` or `UserError` if it is missing, `CancelledError` after a no.
 */
export async function askConsent<Task extends string>(
  context: CliContext,
  disclosure: Disclosure<Task>,
  flags: ConsentFlags,
  { generation }: Pick<Project, 'generation'>,
): Promise<Consent<Task>> {
  const { model, sends, estimate } = disclosure;
  const { host, kind } = model.destination;
  const { allowIdentifiers = false, yes = false, yesSendTo, baseUrl } = flags;
  if (disclosure.isStopped && !allowIdentifiers) {
    throw new UserError(
      `Nothing was sent to ${host}, because ${disclosure.identifiers.summary} at the places above.`,
      { nextStep: 'Remove them. If they may be sent as they are, add --allow-identifiers.' },
    );
  }
  if (yesSendTo !== undefined && yesSendTo.toLowerCase() !== host.toLowerCase()) {
    throw new UsageError(`Nothing was sent, because the texts would go to ${host} and not to ${yesSendTo}.`, {
      nextStep: 'Correct --base-url or --yes-send-to.',
    });
  }
  const consent = (): Consent<Task> => Consent.to(disclosure, { despiteIdentifiers: allowIdentifiers });
  if (sends === 'nothing') return consent();
  if (sends !== 'key' && estimate.requests === 0) return consent();
  // An address that only chartmark.json names may have come with somebody else's folder.
  const isFromFile = baseUrl === undefined && generation.baseUrl !== undefined;
  if (kind === 'local' && !isFromFile) return consent();
  if (kind === 'local' || sends === 'prompts' || sends === 'key') {
    const { [sends]: what } = sentWords;
    if (!isFromFile || yes || yesSendTo !== undefined) return consent();
    if (context.ask === undefined) {
      const option = sends === 'own texts' ? `--yes-send-to ${host}` : '--yes';
      throw new UsageError(
        `Nothing was sent, because only chartmark.json says to send ${what} to ${addressOf(model)}.`,
        {
          nextStep: `If you want that, repeat the address with --base-url ${generation.baseUrl}, or add ${option}.`,
        },
      );
    }
    await askOnTerminal(context.ask, model, what);
    return consent();
  }
  const isAgreed = sends === 'own texts' ? yesSendTo !== undefined : yes;
  if (isAgreed) return consent();
  const texts =
    sends === 'own texts' ? 'your texts' : `${counted(estimate.texts, 'synthetic text')} with their labels`;
  if (context.ask === undefined) {
    const option = sends === 'own texts' ? `--yes-send-to ${host}` : '--yes';
    throw new UsageError(
      `Nothing was sent, because you have not agreed to send ${texts} to ${addressOf(model)}.`,
      {
        nextStep: `If they may be sent, add ${option}.`,
      },
    );
  }
  await askOnTerminal(context.ask, model, texts);
  return consent();
}

/** What goes to an address that only chartmark.json names. */
const sentWords = {
  key: 'your key',
  prompts: 'prompts and your key',
  'synthetic texts': 'synthetic texts and your key',
  'own texts': 'your texts and your key',
} as const satisfies Record<Exclude<Disclosure<string>['sends'], 'nothing'>, string>;

async function askOnTerminal(
  ask: (question: string) => Promise<string>,
  model: ModelInfo,
  what: string,
): Promise<void> {
  const answer = await ask(`Send ${what} to ${addressOf(model)}, model ${model.model}? (yes/no) `);
  if (!/^\s*y(?:es)?\s*$/i.test(answer)) throw new CancelledError();
}

function addressOf({ destination: { host, kind }, isUnencrypted }: ModelInfo): string {
  if (kind === 'local') return `${host} (this computer)`;
  return `${host} (${isUnencrypted === true ? 'http, NOT ENCRYPTED' : 'https'})`;
}
