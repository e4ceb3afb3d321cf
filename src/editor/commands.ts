import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { readValue } from '../foundation/readJson.ts';
import { type Answers, commandAnswers, type CommandId, type Result } from './commandTable.ts';
import { type Failure, showFailure } from './showFailure.ts';

/** What `executeCommand` returns: the result, or the failure, which the user has already seen. */
export type Outcome<R> = { readonly kind: 'done'; readonly result: R } | Failure;

/** What a command was started with. */
interface Started<Id extends CommandId> {
  /** Given by another extension, a link or a test; undefined if it was started by a person, who can be asked. */
  readonly answers: Answers<Id> | undefined;
  /** The file that it was started on, from a menu or a tree. */
  readonly uri: vscode.Uri | undefined;
}

type Run<Id extends CommandId> = (started: Started<Id>) => Result<Id> | Promise<Result<Id>>;

/** The commands of the extension by name. */
export interface Commands {
  /** Registers a command. If VS Code starts it, its failures are shown. */
  register<Id extends CommandId>(id: Id, run: Run<Id>): vscode.Disposable;
  /** Starts another command as a person would, for a button of a message: its failures are shown. */
  start<Id extends CommandId>(id: Id, answers?: Answers<Id>): Promise<Outcome<Result<Id>>>;
  /** Does the work of a command for a button of a message: its failures are shown. */
  guard<R>(id: CommandId, work: () => Promise<R>): Promise<Outcome<R>>;
}

export function createCommands(log: vscode.LogOutputChannel): Commands {
  const runs = new Map<CommandId, (started: Started<CommandId>) => unknown>();
  const outcomeOf = async <R>(id: CommandId, run: () => R | Promise<R>): Promise<Outcome<R>> => {
    try {
      return { kind: 'done', result: await run() };
    } catch (error) {
      return showFailure(log, id, error);
    }
  };
  return {
    register: (id, run) => {
      runs.set(id, run);
      return vscode.commands.registerCommand(id, (argument: unknown) =>
        outcomeOf(id, () => run(readArgument(id, argument))),
      );
    },
    guard: outcomeOf,
    start: <Id extends CommandId>(id: Id, answers?: Answers<Id>) => {
      const run = runs.get(id) as Run<Id> | undefined;
      if (run === undefined) throw new Error(`${id} is not registered.`);
      return outcomeOf(id, () => run({ answers, uri: undefined }));
    },
  };
}

/** Reads what a command was given: a menu passes the file it was opened on, a tree its item, the palette nothing. */
function readArgument<Id extends CommandId>(id: Id, argument: unknown): Started<Id> {
  if (argument instanceof vscode.Uri) return { answers: undefined, uri: argument };
  if (typeof argument !== 'object' || argument === null || Array.isArray(argument)) {
    return { answers: undefined, uri: undefined };
  }
  const { resourceUri } = argument as { readonly resourceUri?: unknown };
  if (resourceUri instanceof vscode.Uri) return { answers: undefined, uri: resourceUri };
  const schema = z.partial(z.strictObject(commandAnswers[id] as Readonly<Record<string, z.ZodMiniType>>));
  const answers = readValue(schema, argument, {
    name: id,
    nextStep: 'Correct the arguments of the command.',
  });
  return { answers: answers as Answers<Id>, uri: undefined };
}
