// Takes a lock at a moment, and says whether it got it: node lockChild.ts FILE MILLISECONDS. It ends when its input does.
import { takeLock } from '../../../src/foundation/lock.ts';

const [file = '', moment = '0'] = process.argv.slice(2);
process.stdout.write('ready\n');
while (Date.now() < Number(moment)) {
  // All of them at once.
}
const got = await takeLock(file, 'Another process has it').then(
  () => 'mine',
  (error: unknown) => (error instanceof Error ? error.message : 'failed'),
);
process.stdout.write(`${got}\n`);
process.stdin.on('end', () => process.exit()).resume();
