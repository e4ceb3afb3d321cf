import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownPlatform, stageExtension } from '../../scripts/stageExtension.ts';

describe('the package of the extension', () => {
  let folder = '';
  let files: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'chartmark-stage-'));
    await stageExtension(folder, ownPlatform);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  }, 60_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('holds the bundles, the base encoder, the lexicon and the licence', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'THIRD-PARTY-NOTICES.md',
        'README.md',
        'dist/extension.cjs',
        'dist/worker.cjs',
        'dist/webview/report.js',
        'dist/webview/training.js',
        'dist/webview/training.css',
        'dist/webview/review.js',
        'dist/webview/review.css',
        'lexicon/disease.txt',
        'models/all-MiniLM-L6-v2/model.safetensors',
      ]),
    );
  });

  it('holds the notices of the native runtime, of the version that is in it', async () => {
    const notices = await readFile(path.join(folder, 'ONNXRUNTIME-NOTICES.txt'), 'utf8');
    expect(notices).toMatch(/^THIRD PARTY SOFTWARE NOTICES/u);
    const { dependencies } = JSON.parse(await readFile('package.json', 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    const list = await readFile(path.join(folder, 'THIRD-PARTY-NOTICES.md'), 'utf8');
    expect(list).toContain(`notices, of version ${dependencies['onnxruntime-node']},`);
  });

  it('holds the native runtime of this platform and of no other', () => {
    const native = files.filter((file) => file.endsWith('.node')).map((file) => path.posix.dirname(file));
    expect(native).toEqual([
      `dist/node_modules/onnxruntime-node/bin/napi-v6/${ownPlatform.replace('-', '/')}`,
    ]);
  });

  it('holds no source, no tests, no maps, no GPU libraries', () => {
    expect(files.filter((file) => /\.(ts|map|py|vsix)$|^(src|test|\.)|cuda|tensorrt/.test(file))).toEqual([]);
  });

  it('has a manifest without scripts and dependencies, whose main file is there', async () => {
    const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as object;
    expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['scripts']));
    expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['dependencies']));
    expect(files).toContain(path.posix.normalize((manifest as { main: string }).main));
  });
});
