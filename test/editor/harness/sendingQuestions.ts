import { acceptDefaults } from './questions.ts';
import type { Workbench } from './workbench.ts';

/** Starts a command, takes the defaults of its questions, and gives what its modal question says. */
export async function questionOf(workbench: Workbench, start: () => Promise<void>): Promise<string> {
  const dialog = workbench.page.locator('.monaco-dialog-box');
  await start();
  await acceptDefaults(workbench, () => dialog.isVisible(), 30);
  return dialog.innerText();
}

/**
 * Says no to the warning of identifiers, and another time to the question that comes after "Send Anyway". Gives what
 * both said.
 */
export async function refuseBoth(
  workbench: Workbench,
  start: () => Promise<void>,
): Promise<{ readonly warning: string; readonly question: string }> {
  const dialog = workbench.page.locator('.monaco-dialog-box');
  const cancel = async (): Promise<void> => {
    await dialog.getByText('Cancel', { exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  const warning = await questionOf(workbench, start);
  await cancel();

  await questionOf(workbench, start);
  await dialog.getByText('Send Anyway', { exact: true }).click();
  await dialog.getByText('Send', { exact: true }).waitFor();
  const question = await dialog.innerText();
  await cancel();
  return { warning, question };
}
