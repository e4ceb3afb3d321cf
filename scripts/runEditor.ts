/**
 * `npm run editor [-- --port 8080]`: a real VS Code in a browser tab, on a copy of the sample workspace,
 * with the extension of this repository in it. Stops on Ctrl-C; what was edited is kept for the next time.
 */
import { existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { workbenchAddress } from '../test/editor/harness/address.ts';
import { installServer } from '../test/editor/harness/install.ts';
import { root } from '../test/editor/harness/paths.ts';
import { freePort, isFree } from '../test/editor/harness/ports.ts';
import { startServer } from '../test/editor/harness/server.ts';

const port = await choosePort(parseArgs({ options: { port: { type: 'string' } } }).values.port);
const home = path.join(root, '.cache/editor');
const workspace = path.join(home, 'samples');
if (!existsSync(workspace)) {
  await mkdir(home, { recursive: true });
  await cp(path.join(root, 'samples'), workspace, { recursive: true });
}

const server = await startServer({
  entry: await installServer(),
  port,
  home,
  linked: root,
  settings: { 'workbench.startupEditor': 'none', 'git.enabled': false },
});
const address = workbenchAddress(server.url, {
  folder: workspace,
  openFile: path.join(workspace, 'gold/bc5cdr-sample.bio'),
});
console.log(`
VS Code with Chartmark in it:  ${address}
Its workspace, a copy of samples/:  ${path.relative(process.cwd(), workspace)}
Stop with Ctrl-C.`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stop());
await server.ended;

/** The port asked for, or 8080 (browsers keep a workbench's state by address), or any when that is taken. */
async function choosePort(asked: string | undefined): Promise<number> {
  if (asked === undefined) return (await isFree(8080)) ? 8080 : freePort();
  const number = Number(asked);
  if (!Number.isInteger(number) || number < 1 || number > 65_535) {
    return usageError(`--port takes a number from 1 to 65535, not "${asked}".`);
  }
  return (await isFree(number)) ? number : usageError(`Port ${asked} is in use. Choose another with --port.`);
}

function usageError(message: string): never {
  console.error(message);
  process.exit(2);
}
