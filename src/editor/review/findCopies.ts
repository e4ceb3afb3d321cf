import path from 'node:path';
import * as vscode from 'vscode';
import { counted } from '../../foundation/numbers.ts';
import type { Copy } from '../../privacy/copies.ts';
import { runFiles } from '../../runs/runFiles.ts';
import { askOwnFiles } from '../findFiles.ts';
import { runOf } from '../askRun.ts';
import { offer, showPlaces } from '../offer.ts';
import { withProgress } from '../progress.ts';
import { openProject } from '../projects.ts';
import type { Services } from '../services.ts';

const title = 'Find Verbatim Copies of Your Notes';

/** `chartmark.findCopies`: what a run repeats word for word of the user's own texts, in the Problems view. */
export function registerFindCopies({ projects, log, commands }: Services): vscode.Disposable {
  const problems = vscode.languages.createDiagnosticCollection('chartmark-copies');
  const command = commands.register('chartmark.findCopies', async ({ answers, uri }) => {
    const place = await openProject(projects);
    const folder = await runOf(title, place, { answers, uri });
    const own =
      answers?.own ??
      (await askOwnFiles(title, 'Which of your own texts? They stay on this computer.', place));
    const { findCopies } = await import('../../tasks/findCopies.ts');
    const { texts, words, copies } = await withProgress('Comparing texts word for word', (signal, report) =>
      findCopies(
        { synthetic: [path.join(folder, runFiles.accepted)], own },
        { signal, onProgress: (done, total) => report(`${done} of ${counted(total, 'text')}`, done / total) },
      ),
    );
    problems.clear();
    for (const [file, found] of Map.groupBy(copies, (copy) => copy.file)) {
      problems.set(vscode.Uri.file(file), found.map(problemOf));
    }
    if (copies.length === 0) {
      offer(
        log,
        'info',
        `No copies: none of ${counted(texts, 'text')} shares ${words} words in a row with your notes.`,
        [],
      );
    } else {
      const found = `${counted(copies.length, 'copy', 'copies')} of ${words} words or more in ${counted(texts, 'text')}.`;
      offer(log, 'warning', `${found} The Problems view lists their places.`, [
        showPlaces,
        { title: 'Review', run: () => commands.start('chartmark.review', { folder }) },
      ]);
    }
    return { texts, copies };
  });
  return vscode.Disposable.from(problems, command);
}

function problemOf({ line, words, ownFile, ownLine }: Copy): vscode.Diagnostic {
  const own = vscode.Uri.file(ownFile);
  const problem = new vscode.Diagnostic(
    new vscode.Range(line - 1, 0, line - 1, Number.MAX_SAFE_INTEGER),
    `${words} words in a row are in ${vscode.workspace.asRelativePath(own)}, line ${ownLine}.`,
    vscode.DiagnosticSeverity.Warning,
  );
  problem.source = 'Chartmark';
  problem.relatedInformation = [
    new vscode.DiagnosticRelatedInformation(
      new vscode.Location(own, new vscode.Position(ownLine - 1, 0)),
      'Your own text',
    ),
  ];
  return problem;
}
