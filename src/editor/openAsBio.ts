import { newReading } from '../runs/runFolders.ts';
import path from 'node:path';
import * as vscode from 'vscode';
import { documentToBio } from '../corpus/bio/document.ts';
import { summariseProblems } from '../corpus/problemSummary.ts';
import { readDocuments } from '../corpus/read.ts';
import { UserError } from '../foundation/userError.ts';
import { bioLanguage } from './bio/documentLines.ts';
import { offer } from './offer.ts';
import type { Services } from './services.ts';

const scheme = 'chartmark-bio';

/**
 * `chartmark.openAsBio`: a JSONL or brat file as highlighted, read-only BIO lines. The view is made from the
 * file when it is opened; it shows later changes when it is opened again.
 */
export function registerOpenAsBio(services: Services): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      async provideTextDocumentContent({ query }) {
        const documents = await readDocuments([query], newReading());
        return documents.map((document) => documentToBio(document).text).join('');
      },
    }),
    services.commands.register('chartmark.openAsBio', async ({ answers, uri }) => {
      const file = answers?.uri ?? uri ?? vscode.window.activeTextEditor?.document.uri;
      if (file?.scheme !== 'file') {
        throw new UserError('No file is open.', { nextStep: 'Open a JSONL or brat file first.' });
      }
      // What is wrong with a broken file is reported here, in the words of the reader.
      const reading = newReading();
      await readDocuments([file.fsPath], reading);
      const problems = summariseProblems(reading.problems, (found) => path.basename(found));
      for (const problem of problems) services.log.warn(problem);
      const [first] = problems;
      if (first !== undefined) offer(services.log, 'warning', first, []);
      const folder = path.basename(path.dirname(file.fsPath));
      const name = `${folder}/${path.basename(file.path, path.extname(file.path))}.bio`;
      const view = vscode.Uri.from({ scheme, path: `/${name}`, query: file.fsPath });
      const document = await vscode.workspace.openTextDocument(view);
      if (document.languageId !== bioLanguage) {
        await vscode.languages.setTextDocumentLanguage(document, bioLanguage);
      }
      await vscode.window.showTextDocument(document, { preview: true });
      return view;
    }),
  );
}
