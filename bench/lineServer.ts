import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';

/**
 * What a server says: one JSON object a line; `cpu` are the milliseconds its cores worked for it, `cpuOfAll` those
 * since the process was started.
 */
export type Reply = Readonly<Record<string, unknown>>;

/** Milliseconds of all cores together since the machine was started. */
interface MachineTime {
  readonly busy: number;
  readonly all: number;
}

/** A process of its own that answers one question at a time. */
export interface LineServer {
  /** Milliseconds on the parent's clock, before it was started. */
  readonly started: number;
  /** The machine's time then. */
  readonly before: MachineTime;
  /** Throws `Error` when the process ends instead of answering. */
  ask(question: Reply): Promise<Reply>;
  close(): Promise<void>;
}

/** The most that other programs may take of the machine, as a share, while something is timed. */
const tolerated = 0.08;

/** Asks, and says whether the server had the machine for itself meanwhile, or since it was started. */
export async function askAlone(
  server: LineServer,
  question: Reply,
  since: 'now' | 'its start' = 'now',
): Promise<{ reply: Reply; alone: boolean }> {
  const before = since === 'now' ? machineTime() : server.before;
  const reply = await server.ask(question);
  const after = machineTime();
  const own = Number(reply[since === 'now' ? 'cpu' : 'cpuOfAll']);
  const others = after.busy - before.busy - own;
  return { reply, alone: others <= tolerated * (after.all - before.all) };
}

function machineTime(): MachineTime {
  let busy = 0;
  let idle = 0;
  for (const { times } of cpus()) {
    busy += times.user + times.nice + times.sys + times.irq;
    idle += times.idle;
  }
  return { busy, all: busy + idle };
}

/** Python to run the peers with. */
const python = process.env['CHARTMARK_PYTHON'] ?? 'python3';

/**
 * Starts a TypeScript or Python file as a server. Its messages go to standard error. `preload` is a shared library
 * that Python is to load first.
 */
export function startServer(file: string, preload?: string): LineServer {
  const started = performance.now();
  const before = machineTime();
  const isPython = file.endsWith('.py');
  const child = spawn(isPython ? python : process.execPath, [file], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: isPython && preload !== undefined ? { ...process.env, LD_PRELOAD: preload } : process.env,
  });
  const ended = once(child, 'close');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    started,
    before,
    async ask(question) {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`${file} ended without an answer`);
      return JSON.parse(value) as Reply;
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}

/** The server's side: answers each line of standard input, and ends with it. */
export async function answerLines(answer: (question: Reply) => Promise<Reply>): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const before = process.cpuUsage();
    const reply = await answer(JSON.parse(line) as Reply);
    const { user, system } = process.cpuUsage(before);
    const all = process.cpuUsage();
    console.log(
      JSON.stringify({ ...reply, cpu: (user + system) / 1000, cpuOfAll: (all.user + all.system) / 1000 }),
    );
  }
}

/** The largest resident set of this process so far, in MB. */
export function peakMemory(): number {
  return process.resourceUsage().maxRSS / 1024;
}
