import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Report } from '../../evaluation/report.ts';
import { isJsonObject } from '../../foundation/json.ts';
import { asFileError, UserError } from '../../foundation/userError.ts';

/** A report of the workspace. */
export interface ReportFile {
  readonly name: string;
  readonly file: string;
}

/** The reports of a project, the newest first. */
export async function reportFiles(reports: string): Promise<readonly ReportFile[]> {
  const names = await readdir(reports).catch(() => []);
  const found = await Promise.all(
    names
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .map(async (name) => {
        const file = path.join(reports, name);
        const changed = await stat(file).catch(() => undefined);
        return changed === undefined
          ? undefined
          : { name: path.basename(name, '.json'), file, changed: changed.mtimeMs };
      }),
  );
  return found.filter((entry) => entry !== undefined).sort((a, b) => b.changed - a.changed);
}

/** Reads a report that an evaluation wrote. Throws `UserError` naming the file. */
export async function readReport(file: string): Promise<Report> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw asFileError(error, file);
  });
  const report = parseJson(text);
  if (isJsonObject(report) && isJsonObject(report['micro']) && isJsonObject(report['types'])) {
    return report as unknown as Report;
  }
  throw new UserError('This file is no report of Chartmark.', {
    place: { file },
    nextStep: 'Run "Chartmark: Evaluate" to make one.',
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
