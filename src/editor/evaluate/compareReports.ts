import * as vscode from 'vscode';
import { compareReports } from '../../evaluation/render/compared.ts';
import { UserError } from '../../foundation/userError.ts';
import { readReport, type ReportFile, reportFiles } from '../../tasks/reports.ts';
import { askOne } from '../ask.ts';
import { openProject } from '../projects.ts';
import type { PromptViews } from '../prompts/promptViews.ts';
import type { Services } from '../services.ts';

const title = 'Compare Reports';

/** `chartmark.compareReports`: two reports side by side, in a read-only document. */
export function registerCompareReports(services: Services, views: PromptViews): vscode.Disposable {
  return services.commands.register('chartmark.compareReports', async ({ answers, uri }) => {
    const { reports } = await openProject(services.projects);
    const files = await reportFiles(reports);
    const given = answers?.first ?? uri?.fsPath;
    const first = given ?? (await askReport(files, `${title} (1/2)`, 'Which report?'));
    const others = files.filter(({ file }) => file !== first);
    const second =
      answers?.second ??
      (await askReport(
        others,
        given === undefined ? `${title} (2/2)` : title,
        'Compared with which report?',
      ));
    const text = compareReports(await readReport(first), await readReport(second));
    const shown = await views.show('Compared reports.md', text);
    await vscode.commands.executeCommand('markdown.showPreview', shown);
    return shown;
  });
}

function askReport(files: readonly ReportFile[], step: string, question: string): Promise<string> {
  if (files.length === 0) {
    throw new UserError('There are fewer than two reports.', {
      nextStep: 'Run "Chartmark: Evaluate" with another model or file first.',
    });
  }
  return askOne(
    step,
    question,
    files.map(({ name, file }) => ({ label: name, value: file })),
  );
}
