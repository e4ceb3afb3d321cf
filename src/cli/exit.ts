import { CommanderError } from 'commander';
import { CancelledError, UserError } from '../foundation/userError.ts';

/** The exit codes of every command. */
export const EXIT = { done: 0, failed: 1, badUsage: 2, cancelled: 130 } as const;

/** Wrong arguments: exit code 2 instead of 1. */
export class UsageError extends UserError {}

interface Ending {
  readonly code: number;
  /** The message for standard error. Undefined if commander has already printed one. */
  readonly message?: string;
}

/** How the program ends for an error: the one place where the command line renders failures. */
export function endingOf(error: unknown): Ending {
  if (error instanceof CommanderError) {
    return { code: error.exitCode === 0 ? EXIT.done : EXIT.badUsage };
  }
  if (error instanceof CancelledError) return { code: EXIT.cancelled, message: 'Cancelled.' };
  if (error instanceof UsageError) return { code: EXIT.badUsage, message: error.describe() };
  if (error instanceof UserError) return { code: EXIT.failed, message: error.describe() };
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: EXIT.failed, message: `This is a bug in Chartmark; please report it.\n${detail}` };
}
