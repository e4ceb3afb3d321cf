import * as vscode from 'vscode';
import { CancelledError } from '../foundation/userError.ts';

/** One thing to choose. The first of a list is the default: Enter takes it. */
export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

const pickOptions = { matchOnDescription: true, ignoreFocusOut: true } as const;

/** Throws `CancelledError` if the question is left with Escape. */
export async function askOne<T>(
  title: string,
  placeHolder: string,
  choices: readonly Choice<T>[],
): Promise<T> {
  const chosen = await vscode.window.showQuickPick(choices, { ...pickOptions, title, placeHolder });
  if (chosen === undefined) throw new CancelledError();
  return chosen.value;
}

/** Those marked `picked` are the default. At least one has to be chosen. Throws `CancelledError` on Escape. */
export async function askSome<T>(
  title: string,
  placeHolder: string,
  choices: readonly Choice<T>[],
): Promise<readonly T[]> {
  const options = { ...pickOptions, title, placeHolder, canPickMany: true } as const;
  const chosen = await vscode.window.showQuickPick(choices, options);
  if (chosen === undefined || chosen.length === 0) throw new CancelledError();
  return chosen.map(({ value }) => value);
}

/** What may be wrong with an answer; `warning` lets it pass. */
export type Doubt = { readonly severity: 'error' | 'warning'; readonly message: string } | undefined;

interface TextQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly value: string;
  readonly password?: boolean;
  readonly check: (text: string) => Doubt;
}

/** Throws `CancelledError` on Escape. */
export async function askText({ title, prompt, value, password, check }: TextQuestion): Promise<string> {
  const text = await vscode.window.showInputBox({
    title,
    prompt,
    value,
    password: password ?? false,
    ignoreFocusOut: true,
    validateInput: (input) => {
      const doubt = check(input);
      if (doubt === undefined) return undefined;
      const severity =
        doubt.severity === 'error'
          ? vscode.InputBoxValidationSeverity.Error
          : vscode.InputBoxValidationSeverity.Warning;
      return { message: doubt.message, severity };
    },
  });
  if (text === undefined) throw new CancelledError();
  return text.trim();
}

/** A modal question; gives the button that was chosen. Throws `CancelledError` on any other way out. */
export async function askConsent<B extends string>(
  message: string,
  detail: string,
  ...buttons: readonly B[]
): Promise<B> {
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, ...buttons);
  if (chosen === undefined) throw new CancelledError();
  return chosen;
}

/** Whether an answer is a whole number from 1 to `most`. */
export function isCount(text: string, most: number): boolean {
  return /^\s*\d+\s*$/.test(text) && Number(text) >= 1 && Number(text) <= most;
}
