import * as vscode from 'vscode';

/**
 * What a command was given: by another program an object with answers, so that nothing is asked; by a menu
 * the file it was opened on; by the palette nothing.
 */
export interface CommandArgument<A> {
  /** There when the caller gave answers; what it left out takes its default. */
  readonly answers: Partial<A> | undefined;
  readonly uri: vscode.Uri | undefined;
}

export function readArgument<A>(argument: unknown): CommandArgument<A> {
  if (argument instanceof vscode.Uri) return { answers: undefined, uri: argument };
  const given = typeof argument === 'object' && argument !== null && !Array.isArray(argument);
  if (!given) return { answers: undefined, uri: undefined };
  // A tree view passes its item, which has the file.
  const uri = (argument as { readonly resourceUri?: unknown }).resourceUri;
  if (uri instanceof vscode.Uri) return { answers: undefined, uri };
  return { answers: argument, uri: undefined };
}
