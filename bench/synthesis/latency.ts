import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runAt } from '../../test/integration/generation/runAt.ts';
import { textsPerReply } from '../../test/support/chatServer/chatServer.ts';

export interface LatencyFigures {
  readonly replies: number;
  readonly seconds: number;
  /** From the 5th to the 95th percent of the replies: without the first request, which goes alone, and the end. */
  readonly steadyPerSecond: number;
  /** As many a second as fit in flight at that latency. */
  readonly possiblePerSecond: number;
}

/** A run over loopback against a service in another process that takes `latency` milliseconds for each reply. */
export async function runAtLatency(
  replies: number,
  concurrency: number,
  latency: number,
): Promise<LatencyFigures> {
  const server = fork(path.resolve('bench/synthesis/server.ts'), [String(latency)]);
  const root = await mkdtemp(path.join(tmpdir(), 'chartmark-bench-'));
  const times: number[] = [];
  try {
    const baseUrl = await addressOf(server);
    const begun = performance.now();
    await runAt(
      { baseUrl },
      path.join(root, 'run'),
      { count: replies * textsPerReply, sending: { concurrency, timeout: 60_000 } },
      { onProgress: () => times.push(performance.now() - begun) },
    );
    const [from, to] = [Math.floor(times.length * 0.05), Math.floor(times.length * 0.95)];
    return {
      replies: times.length,
      seconds: (performance.now() - begun) / 1000,
      steadyPerSecond: ((to - from) * 1000) / ((times[to] ?? 0) - (times[from] ?? 0)),
      possiblePerSecond: (concurrency * 1000) / latency,
    };
  } finally {
    server.kill();
    await rm(root, { recursive: true });
  }
}

function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('message', (message) => resolve(message as string));
    server.once('exit', () => reject(new Error('the server did not start')));
  });
}
