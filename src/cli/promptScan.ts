import { UserError } from '../foundation/userError.ts';
import type { Project } from '../project/project.ts';
import { findPromptIdentifiers } from '../generation/prompt/promptIdentifiers.ts';
import type { ModelInfo } from '../llm/provider.ts';
import { type CliContext, shownPath } from './context.ts';

interface PromptScan {
  readonly project: Project;
  /** Whose template is sent; none without it. */
  readonly task?: 'ner' | 're';
  readonly dryRun?: boolean;
  readonly allowIdentifiers?: boolean;
}

/**
 * Lists what in a prompt looks like an identifier of a person, and stops what would go to another computer with
 * it. Throws `UserError`.
 */
export function scanPrompt(context: CliContext, { destination }: ModelInfo, scan: PromptScan): void {
  const found = findPromptIdentifiers(scan.project, scan.task);
  for (const { place, line, kind } of found) {
    context.note(`${line === undefined ? place : `${shownPath(place)}:${line}`}: ${kind}`);
  }
  if (found.length === 0 || scan.dryRun === true) return;
  if (destination.kind === 'local' || scan.allowIdentifiers === true) return;
  throw new UserError(
    `Nothing was sent to ${destination.host}: the prompt holds what looks like ${found.length} identifiers of persons, at the places above.`,
    { nextStep: 'Take them out, or, if they may be sent as they are, add --allow-identifiers.' },
  );
}
