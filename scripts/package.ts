/**
 * `npm run package [-- --target linux-arm64]`: a .vsix for one platform, this one by default, from the built
 * bundles. Ships nothing but what .vscodeignore names and that platform's native runtime.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { ownPlatform, root, stageExtension, vsixFile } from './stageExtension.ts';

const { values } = parseArgs({ options: { target: { type: 'string', default: ownPlatform } } });

const packagePath = await vsixFile(values.target);
const staging = await mkdtemp(path.join(tmpdir(), 'chartmark-package-'));
try {
  await stageExtension(staging, values.target);
  await createVSIX({
    cwd: staging,
    packagePath,
    target: values.target,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
} finally {
  await rm(staging, { recursive: true, force: true });
}
const megabytes = (await stat(packagePath)).size / 1e6;
console.log(`${path.relative(root, packagePath)}: ${megabytes.toFixed(1)} MB`);
