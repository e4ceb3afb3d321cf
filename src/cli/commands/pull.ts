import path from 'node:path';
import type { Command } from 'commander';
import { duration } from '../../foundation/duration.ts';
import { suggestedEncoders } from '../../model/hub/encoders.ts';
import { defaultEndpoint, folderName, hostOf, hubPlace } from '../../model/hub/place.ts';
import { megabytes, planPull, pull } from '../../model/hub/pull.ts';
import type { PullPlan, PullProgress } from '../../model/hub/pull.ts';
import { type CliContext, shownPath } from '../context.ts';
import { defined } from '../options.ts';
import { progressBar } from '../progressBar.ts';

interface PullOptions {
  readonly out?: string;
  readonly endpoint?: string;
  readonly revision?: string;
  readonly json?: boolean;
}

/** `chartmark pull ID`: the one command that downloads a model. */
export function registerPull(program: Command, context: CliContext): void {
  program
    .command('pull')
    .description('Download a BERT or RoBERTa encoder from a hub, to train on with --base.')
    .argument('<id>', 'name on the hub, such as FacebookAI/roberta-base')
    .option('--out <folder>', 'new folder to write (default: models/ and the name)')
    .option('--endpoint <url>', `address of the hub (default: ${defaultEndpoint})`)
    .option('--revision <name>', 'branch, tag or commit (default: main)')
    .option('--json', 'one machine-readable object on standard output')
    .addHelpText(
      'after',
      `\nFor clinical text:\n${suggestedEncoders.map(({ id, description }) => `  ${id}\n      ${description}`).join('\n')}`,
    )
    .action(async (id: string, options: PullOptions) => {
      const place = hubPlace(id, defined({ endpoint: options.endpoint, revision: options.revision }));
      const out = options.out ?? path.join('models', folderName(id));
      const token = process.env['HF_TOKEN'];
      const access = { signal: context.signal, ...(token === undefined || token === '' ? {} : { token }) };
      const plan = await planPull(place, access);
      for (const line of planLines(plan, hostOf(place))) context.note(line);
      const bar = progressBar(process.stderr, 'Downloading');
      const started = performance.now();
      try {
        await pull(plan, out, access, {
          onProgress: (progress) =>
            bar.update(progress.done / Math.max(1, progress.total), describe(progress)),
        });
        bar.finish(megabytes(plan.total));
      } catch (error) {
        bar.finish();
        throw error;
      }
      const seconds = (performance.now() - started) / 1000;
      if (options.json === true) {
        const { listing, files, total } = plan;
        context.print(JSON.stringify({ out, id, commit: listing.commit, files, bytes: total, seconds }));
        return;
      }
      context.print(`${shownPath(out)}: ${id}, ${megabytes(plan.total)}, ${duration(seconds)}`);
    });
}

function planLines({ listing, files, total }: PullPlan, host: string): string[] {
  const { place, commit } = listing;
  return [
    `${place.id} at ${commit.slice(0, 12)} from ${host}: ${files.length} files, ${megabytes(total)}`,
    ...files.map(({ name, size }) => `  ${megabytes(size).padStart(10)}  ${name}`),
  ];
}

function describe({ file, done, total, bytesPerSecond, secondsLeft }: PullProgress): string {
  return [
    `${megabytes(done)} of ${megabytes(total)}`,
    file,
    bytesPerSecond === undefined ? '' : `${megabytes(bytesPerSecond)}/s`,
    secondsLeft === undefined ? '' : `${duration(secondsLeft)} left`,
  ]
    .filter(Boolean)
    .join('  ');
}
