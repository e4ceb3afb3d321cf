import { type ChildProcess, fork } from 'node:child_process';
import { CancelledError, UserError } from '../foundation/userError.ts';
import { fromFailure } from './failure.ts';
import type { FromWorker, JobName, Jobs, ToWorker } from './protocol.ts';

/** How long a cancelled job may take to end before its process is killed, unless the job is writing files. */
const CANCEL_GRACE_MS = 1500;

interface Hooks<N extends JobName> {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Jobs[N]['progress']) => void) | undefined;
}

interface PendingJob {
  readonly child: ChildProcess;
  isWriting: boolean;
  readonly onProgress: (progress: never) => void;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The child process that trains and runs models. The native runtime is loaded only there, because `session.run` blocks its
 * thread, and a crash or lack of memory must not affect the editor. The process starts with the first job, keeps running
 * so that a loaded model stays loaded, and is restarted after a crash. `dispose` ends it.
 */
export class WorkerClient {
  readonly #script: string;
  readonly #pending = new Map<number, PendingJob>();
  #child: ChildProcess | undefined;
  #nextId = 1;

  readonly train = this.#job('train');
  /** Turns the best checkpoint of a stopped training into a model; undefined if there is no checkpoint. */
  readonly keepBest = this.#job('keepBest');
  readonly annotate = this.#job('annotate');
  readonly relate = this.#job('relate');
  readonly classify = this.#job('classify');
  readonly mapTexts = this.#job('mapTexts');

  /** `script`: the path of the built worker bundle. */
  constructor(script: string) {
    this.#script = script;
  }

  dispose(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  #job<N extends JobName>(job: N): (input: Jobs[N]['input'], hooks?: Hooks<N>) => Promise<Jobs[N]['result']> {
    return (input, hooks = {}) => this.#run(job, input, hooks);
  }

  #run<N extends JobName>(job: N, input: Jobs[N]['input'], hooks: Hooks<N>): Promise<Jobs[N]['result']> {
    const { signal } = hooks;
    if (signal?.aborted) return Promise.reject(new CancelledError());
    const child = (this.#child ??= this.#start());
    const id = this.#nextId++;
    let graceTimer: NodeJS.Timeout | undefined;
    const endSoon = (): void => {
      graceTimer = setTimeout(() => {
        if (this.#pending.get(id)?.isWriting === true) endSoon();
        else child.kill('SIGKILL');
      }, CANCEL_GRACE_MS);
    };
    const cancel = (): void => {
      if (child.connected) child.send({ kind: 'cancel', id } satisfies ToWorker);
      endSoon();
    };
    return new Promise<Jobs[N]['result']>((resolve, reject) => {
      this.#pending.set(id, {
        child,
        isWriting: false,
        onProgress: hooks.onProgress ?? (() => undefined),
        resolve,
        reject: (error) => reject(signal?.aborted ? new CancelledError() : error),
      });
      signal?.addEventListener('abort', cancel);
      child.send({ kind: 'start', id, job, input }, (error) => {
        if (error !== null) this.#settle(id)?.reject(error);
      });
    }).finally(() => {
      clearTimeout(graceTimer);
      signal?.removeEventListener('abort', cancel);
    });
  }

  #start(): ChildProcess {
    const child = fork(this.#script, {
      serialization: 'advanced',
      // Desktop editors run extensions in Electron; this makes its binary run as plain Node.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let lastWords = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      lastWords = (lastWords + text).slice(-2000);
    });
    child.on('message', (message) => this.#receive(message as FromWorker));
    child.on('error', (error) => this.#end(child, error));
    child.on('exit', (code, signal) => this.#end(child, diedError(code, signal, lastWords)));
    return child;
  }

  #receive(message: FromWorker): void {
    switch (message.kind) {
      case 'progress':
        this.#pending.get(message.id)?.onProgress(message.progress as never);
        break;
      case 'writing': {
        const job = this.#pending.get(message.id);
        if (job !== undefined) job.isWriting = message.isWriting;
        break;
      }
      case 'result':
        this.#settle(message.id)?.resolve(message.result as never);
        break;
      case 'failed':
        this.#settle(message.id)?.reject(fromFailure(message.failure));
        break;
    }
  }

  #settle(id: number): PendingJob | undefined {
    const job = this.#pending.get(id);
    this.#pending.delete(id);
    return job;
  }

  #end(child: ChildProcess, error: Error): void {
    if (this.#child === child) this.#child = undefined;
    for (const [id, job] of this.#pending) {
      if (job.child === child) this.#settle(id)?.reject(error);
    }
  }
}

function diedError(code: number | null, signal: NodeJS.Signals | null, lastWords: string): UserError {
  const outOfMemory = signal === 'SIGKILL' || /bad_alloc|out of memory/i.test(lastWords);
  return new UserError(
    `The model process ended before it finished the job (${signal ?? `exit code ${code}`}).`,
    {
      nextStep: outOfMemory
        ? 'It probably ran out of memory: use a smaller batch size or maximum length, or close other programs.'
        : 'Try again. If the process ends again, report it with the Chartmark log.',
      cause: lastWords,
    },
  );
}
