import type { Command } from 'commander';
import { CancelledError } from '../foundation/userError.ts';
import type { Project } from '../project/project.ts';
import type { ModelInfo } from '../llm/provider.ts';
import type { CliContext } from './context.ts';
import { UsageError } from './exit.ts';

/** How a host is named or agreed to in the very command. */
interface HostFlags {
  readonly baseUrl?: string;
  readonly yes?: boolean;
}

/** Adds the option of `HostFlags` by which a host of chartmark.json is agreed to. */
export function addHostConsent(command: Command): Command {
  return command.option(
    '--yes',
    'you agree to requests, and your key, going to the host that chartmark.json names',
  );
}

/**
 * Makes sure that a person means the host that `sent` and their key go to. One that the command names, or the usual
 * one, is meant; one that only chartmark.json names, which may have come with somebody else's folder, has to be
 * agreed to. Throws `UsageError`, or `CancelledError` after a no.
 */
export async function agreeToHost(
  context: CliContext,
  provider: ModelInfo,
  { baseUrl, yes }: HostFlags,
  { generation }: Project,
  sent: string,
): Promise<void> {
  const isMeant = baseUrl !== undefined || generation.baseUrl === undefined || yes === true;
  if (provider.destination.kind === 'local' || isMeant) return;
  if (context.ask === undefined) {
    throw new UsageError(
      `chartmark.json has ${sent} and your key sent to ${addressOf(provider)}. Nothing was sent.`,
      { nextStep: `If that is meant, name the address with --base-url ${generation.baseUrl}, or add --yes.` },
    );
  }
  await askOnTerminal(context.ask, provider, `${sent} and your key`);
}

async function askOnTerminal(
  ask: (question: string) => Promise<string>,
  provider: ModelInfo,
  what: string,
): Promise<void> {
  const answer = await ask(`Send ${what} to ${addressOf(provider)}, model ${provider.model}? (yes/no) `);
  if (!/^\s*y(?:es)?\s*$/i.test(answer)) throw new CancelledError();
}

function addressOf({ destination: { host }, isUnencrypted }: ModelInfo): string {
  return `${host} (${isUnencrypted === true ? 'http, NOT ENCRYPTED' : 'https'})`;
}
