import { Command } from 'commander';
import { registerAnnotate } from './commands/annotate.ts';
import { registerBatch } from './commands/batch.ts';
import { registerCheck } from './commands/check.ts';
import { registerConvert } from './commands/convert.ts';
import { registerDemo } from './commands/demo.ts';
import { registerEvaluate } from './commands/evaluate.ts';
import { registerExtract } from './commands/extract.ts';
import { registerFindPrompt } from './commands/findPrompt.ts';
import { registerGenerate } from './commands/generate.ts';
import { registerOverlap } from './commands/overlap.ts';
import { registerPrompt } from './commands/prompt.ts';
import { registerPull } from './commands/pull.ts';
import { registerTopics } from './commands/topics.ts';
import { registerTrain } from './commands/train.ts';
import { registerVerify } from './commands/verify.ts';
import type { CliContext } from './context.ts';

/** The `chartmark` command with all its subcommands. */
export function createProgram(context: CliContext, version: string): Command {
  const program = new Command('chartmark')
    .description('Clinical annotation without uploading notes: generate, train, annotate, evaluate.')
    .version(version)
    .showHelpAfterError('(chartmark --help and chartmark <command> --help list the options)')
    .exitOverride();
  for (const register of [
    registerDemo,
    registerGenerate,
    registerBatch,
    registerVerify,
    registerPull,
    registerTrain,
    registerAnnotate,
    registerExtract,
    registerEvaluate,
    registerConvert,
    registerCheck,
    registerOverlap,
    registerTopics,
    registerPrompt,
    registerFindPrompt,
  ]) {
    register(program, context);
  }
  // Subcommands don't inherit it: without this their usage errors would end the process with code 1.
  for (const command of program.commands) command.exitOverride();
  return program;
}
