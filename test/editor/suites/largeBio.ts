import * as vscode from 'vscode';
import { eventually } from './support.ts';

/** Lines of a sentence with two mentions, its empty line included. */
export const sentenceLines = [
  'She\tO',
  'has\tO',
  'severe\tB-Disease',
  'asthma\tI-Disease',
  'and\tO',
  'takes\tO',
  'salbutamol\tB-Chemical',
  '.\tO',
  '',
] as const;

/** Writes a BIO file of `count` lines. */
export async function writeLargeBio(file: vscode.Uri, count: number): Promise<void> {
  const text = Array.from({ length: count }, (_, i) => sentenceLines[i % sentenceLines.length]).join('\n');
  await vscode.workspace.fs.writeFile(file, Buffer.from(text));
}

/** Shows the file with the cursor on `line`, in the middle of the screen. */
export async function showAtLine(file: vscode.Uri, line: number): Promise<void> {
  const editor = await vscode.window.showTextDocument(file);
  const place = new vscode.Position(line, 0);
  editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenter);
  editor.selection = new vscode.Selection(place, place);
  await eventually(
    `line ${line} on the screen`,
    () => editor.visibleRanges.some((range) => range.contains(place)),
    Boolean,
  );
}

/** Types text key by key, as a person does. */
export async function typeKeys(text: string): Promise<void> {
  for (const key of text) await vscode.commands.executeCommand('type', { text: key });
}
