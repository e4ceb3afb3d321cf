import type * as vscode from 'vscode';
import { UserError } from '../../foundation/userError.ts';
import { openProject } from '../projects.ts';
import type { Services } from '../services.ts';
import { reportFiles } from '../../tasks/reports.ts';
import type { ReportPanels } from './reportPanels.ts';

/** `chartmark.showReport`: the newest report, or the one that was clicked. */
export function registerShowReport(services: Services, panels: ReportPanels): vscode.Disposable {
  return services.commands.register('chartmark.showReport', async ({ answers, uri }) => {
    const file = answers?.file ?? uri?.fsPath ?? (await newestReport(services));
    await panels.show(file);
    return file;
  });
}

async function newestReport({ projects }: Services): Promise<string> {
  const [newest] = await reportFiles((await openProject(projects)).reports);
  if (newest !== undefined) return newest.file;
  throw new UserError('There is no report yet.', { nextStep: 'Run "Chartmark: Evaluate" to make one.' });
}
