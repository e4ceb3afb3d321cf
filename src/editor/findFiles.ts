import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../foundation/userError.ts';
import type { OpenProject } from '../project/projectPlaces.ts';
import { ownFiles } from '../tasks/dataFiles.ts';
import { askSome } from './ask.ts';

/** The maximum number of files in a list. Nobody chooses from a longer one. */
const mostFiles = 500;

/** The annotated files of a project outside its synthetic runs, models and reports, by name. */
export function annotatedFiles(place: OpenProject): Promise<readonly string[]> {
  return findOwnFiles(place, 'bio,conll,iob,iob2,ann,jsonl');
}

async function findOwnFiles(place: OpenProject, extensions: string): Promise<readonly string[]> {
  const found = await vscode.workspace.findFiles(
    new vscode.RelativePattern(place.folder, `**/*.{${extensions}}`),
    '**/{node_modules,.git}/**',
    mostFiles,
  );
  return ownFiles(
    place,
    found.map(({ fsPath }) => fsPath),
  );
}

/**
 * Asks for files with texts of the user's own, annotated or not; all of them are the default. Throws `UserError` if there
 * are none, or `CancelledError`.
 */
export async function askOwnFiles(
  title: string,
  placeHolder: string,
  place: OpenProject,
): Promise<readonly string[]> {
  // Of a brat pair only the text.
  const files = await findOwnFiles(place, 'txt,bio,conll,iob,iob2,jsonl');
  if (files.length === 0) {
    throw new UserError('There are no texts of your own in the folder to compare with.', {
      nextStep: 'Put notes (.txt) or annotated files into it.',
    });
  }
  return askSome(
    title,
    placeHolder,
    files.map((file) => ({
      label: path.basename(file),
      description: path.relative(place.folder, path.dirname(file)),
      picked: true,
      value: file,
    })),
  );
}
