import path from 'node:path';
import { renderCsv } from '../evaluation/render/csv.ts';
import { renderHtml } from '../evaluation/render/html.ts';
import { renderMarkdown } from '../evaluation/render/markdown.ts';
import { type Report, reportSchema } from '../evaluation/report.ts';
import { writeFileAtomic } from '../foundation/atomicFile.ts';
import { newestFirst, readText } from '../foundation/readFiles.ts';
import { readJson } from '../foundation/readJson.ts';
import { UserError } from '../foundation/userError.ts';

/** A report of a project. */
export interface ReportFile {
  readonly name: string;
  readonly file: string;
}

/** The reports in the folder `reports`, the newest first. */
export async function reportFiles(reports: string): Promise<readonly ReportFile[]> {
  return (await newestFirst(reports))
    .filter(({ name }) => name.endsWith('.json'))
    .map(({ name, file }) => ({ name: path.basename(name, '.json'), file }));
}

/** Reads a report that an evaluation wrote. Throws `UserError` naming the file. */
export async function readReport(file: string): Promise<Report> {
  return readJson(reportSchema, await readText(file), {
    name: 'report',
    place: { file },
    nextStep: 'This is not a Chartmark report. Run "Chartmark: Evaluate" to create one.',
  });
}

const renderers: Readonly<Record<string, (report: Report) => string>> = {
  '.json': (report) => `${JSON.stringify(report, undefined, 2)}\n`,
  '.html': renderHtml,
  '.md': renderMarkdown,
  '.csv': renderCsv,
};

/** The extensions of files that a report can be written to. */
export const reportEndings = Object.keys(renderers);

/** Writes a report in the format of the file extension. Throws `UserError`. */
export async function writeReport(file: string, report: Report): Promise<void> {
  const render = renderers[path.extname(file).toLowerCase()];
  if (render === undefined) {
    throw new UserError(`A report cannot be written to a file with this extension.`, {
      place: { file },
      nextStep: `Use one of ${reportEndings.join(', ')}.`,
    });
  }
  await writeFileAtomic(file, render(report));
}
