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
  const chosen = await untilAnswered(title, () =>
    vscode.window.showQuickPick(choices, { ...pickOptions, title, placeHolder }),
  );
  return chosen.value;
}

/** Those marked `picked` are the default. At least one has to be chosen. Throws `CancelledError` on Escape. */
export async function askSome<T>(
  title: string,
  placeHolder: string,
  choices: readonly Choice<T>[],
): Promise<readonly T[]> {
  const options = { ...pickOptions, title, placeHolder, canPickMany: true } as const;
  const chosen = await untilAnswered(title, () => vscode.window.showQuickPick(choices, options));
  if (chosen.length === 0) throw new CancelledError();
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
  const text = await untilAnswered(title, () =>
    vscode.window.showInputBox({
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
    }),
  );
  return text.trim();
}

/** Whether Escape has closed the question that is open. The editor itself does not say what closed it. */
let isEscaped = false;

/** `chartmark.cancelQuestion`, which Escape runs while a question of ours is open. */
export function registerQuestions(): vscode.Disposable {
  return vscode.commands.registerCommand('chartmark.cancelQuestion', async () => {
    isEscaped = true;
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  });
}

/**
 * Asks until there is an answer. The palette, or a file that is looked for, takes the place of a question: that is no answer,
 * and what was done so far is kept until the user goes on. Throws `CancelledError` on Escape.
 */
async function untilAnswered<T>(title: string, ask: () => Thenable<T | undefined>): Promise<T> {
  for (;;) {
    isEscaped = false;
    setAsking(true);
    const answer = await ask();
    setAsking(false);
    if (answer !== undefined) return answer;
    if (isEscaped) throw new CancelledError();
    const goOn = 'Continue';
    const message = `"${title}" is waiting for an answer, because something else was opened.`;
    if ((await vscode.window.showInformationMessage(message, goOn)) !== goOn) throw new CancelledError();
  }
}

/** The key binding of Escape asks for it. */
function setAsking(isAsking: boolean): void {
  void vscode.commands.executeCommand('setContext', 'chartmark.isAsking', isAsking);
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
