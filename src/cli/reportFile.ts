import path from 'node:path';
import { renderCsv } from '../evaluation/render/csv.ts';
import { renderHtml } from '../evaluation/render/html.ts';
import { renderMarkdown } from '../evaluation/render/markdown.ts';
import type { Report } from '../evaluation/report.ts';
import { writeFileAtomic } from '../foundation/atomicFile.ts';
import { UsageError } from './exit.ts';

const renderers: Record<string, (report: Report) => string> = {
  '.json': (report) => `${JSON.stringify(report, undefined, 2)}\n`,
  '.html': renderHtml,
  '.md': renderMarkdown,
  '.csv': renderCsv,
};

/** Writes a report in the form that the file's ending asks for. */
export async function writeReport(file: string, report: Report): Promise<void> {
  const render = renderers[path.extname(file).toLowerCase()];
  if (render === undefined) {
    throw new UsageError(`"${path.extname(file)}" is no form of a report.`, {
      place: { file },
      nextStep: `Use one of ${Object.keys(renderers).join(', ')}.`,
    });
  }
  await writeFileAtomic(file, render(report));
}
