/**
 * `node scripts/layers.ts`: checks which folder imports which. Fails on an import that the table below does not
 * allow, on folders that import each other in a circle, on files of src/editor/ that need no editor, and on lint rules
 * that are not the ones the table makes.
 * `--write` writes those rules into .oxlintrc.json.
 */
import { readFile, writeFile, glob } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

/** Folders of src/, lowest first. A folder may import those in the lines above its own, and none in its own line. */
const layers: readonly (readonly string[])[] = [
  ['foundation'],
  ['corpus'],
  ['project'],
  ['privacy'],
  ['llm', 'evaluation', 'model'],
  ['runs', 'training'],
  ['generation', 'questions', 'annotation'],
  ['process'],
  ['tasks'],
  ['cli', 'editor'],
];

/** What a folder may import where that is less than all below it. */
const narrower: Readonly<Record<string, readonly string[]>> = { llm: ['foundation'] };

/** The shells are started by a file beside their folder. */
const entries: Readonly<Record<string, string>> = {
  cli: 'cli',
  editor: 'extension',
  process: 'worker',
};

/** What pages may import as code, not only as types: wording that the program shares with them. */
const sharedWithPages = [
  'src/foundation/**',
  'src/evaluation/render/wording.ts',
  'src/evaluation/render/overlap.ts',
];

/** Archived upstream: only the elements in webview/ui/ may use it. */
const toolkit = '@vscode/webview-ui-toolkit';

const folders = layers.flat();

function allowedFor(folder: string): readonly string[] {
  const tier = layers.findIndex((names) => names.includes(folder));
  return narrower[folder] ?? layers.slice(0, tier).flat();
}

interface Import {
  readonly from: string;
  readonly to: string;
}

const root = path.resolve(import.meta.dirname, '..');
const configFile = path.join(root, '.oxlintrc.json');
const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });

const config = JSON.parse(await readFile(configFile, 'utf8')) as { overrides: readonly Override[] };
const wanted = { ...config, overrides: [...config.overrides.filter((one) => !isGenerated(one)), ...rules()] };
if (values.write) {
  await writeFile(configFile, `${JSON.stringify(wanted, null, 2)}\n`);
} else {
  const imports = await readImports();
  const problems = [
    ...(JSON.stringify(config) === JSON.stringify(wanted)
      ? []
      : [
          '.oxlintrc.json does not have the rules of scripts/layers.ts: run "node scripts/layers.ts --write".',
        ]),
    ...imports.flatMap(forbidden),
    ...circles(imports),
    ...(await misplacedInEditor(imports)),
  ];
  for (const problem of problems) console.log(problem);
  if (problems.length > 0) process.exitCode = 1;
}

interface Override {
  readonly files: readonly string[];
  readonly rules: Readonly<Record<string, unknown>>;
}

function isGenerated({ rules: named }: Override): boolean {
  return 'eslint/no-restricted-imports' in named;
}

function rules(): readonly Override[] {
  const ofFolders = folders.map((folder) => {
    const allowed = allowedFor(folder);
    const others = folders.filter((name) => name !== folder && !allowed.includes(name));
    const entry = entries[folder];
    const isEditor = folder === 'editor';
    return restriction(
      [`src/${folder}/**`, ...(entry === undefined ? [] : [`src/${entry}.ts`])],
      [...(isEditor ? [] : ['vscode']), ...others.map((name) => `**/${name}/**`)],
      allowed.length === 0
        ? `${folder}/ imports only the standard library.`
        : `${folder}/ imports only ${allowed.join(', ')}.`,
    );
  });
  return [
    ...ofFolders,
    {
      files: ['webview/**'],
      rules: {
        'eslint/no-restricted-imports': [
          'error',
          {
            patterns: [
              {
                group: ['vscode', 'node:*', '**/src/**', ...sharedWithPages.map((file) => `!**/${file}`)],
                allowTypeImports: true,
                message: `Pages import types only, and ${sharedWithPages.join(', ')}.`,
              },
              { group: [toolkit], message: 'Only webview/ui/ may use the toolkit.' },
            ],
          },
        ],
      },
    },
    { files: ['webview/ui/**'], rules: { 'eslint/no-restricted-imports': 'off' } },
  ];
}

function restriction(files: readonly string[], group: readonly string[], message: string): Override {
  return {
    files,
    rules: { 'eslint/no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
  };
}

/** All imports between files of src/, dynamic ones and those of types included. */
async function readImports(): Promise<readonly Import[]> {
  const found: Import[] = [];
  for await (const file of glob('src/**/*.ts', { cwd: root })) {
    const from = file.replaceAll('\\', '/');
    const source = await readFile(path.join(root, file), 'utf8');
    for (const [, given = ''] of source.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
      found.push({ from, to: path.posix.join(path.posix.dirname(from), given) });
    }
  }
  return found;
}

/** Files of src/editor/ that need no editor: they import neither `vscode` nor a file that does. */
async function misplacedInEditor(imports: readonly Import[]): Promise<readonly string[]> {
  const needing = new Set<string>();
  let others: string[] = [];
  for await (const file of glob('src/editor/**/*.ts', { cwd: root })) {
    const source = await readFile(path.join(root, file), 'utf8');
    const name = file.replaceAll('\\', '/');
    if (source.includes("from 'vscode'")) needing.add(name);
    else others.push(name);
  }
  for (let before = -1; others.length !== before;) {
    before = others.length;
    for (const { from, to } of imports) if (needing.has(to) && others.includes(from)) needing.add(from);
    others = others.filter((file) => !needing.has(file));
  }
  return others.map((file) => `${file} needs no editor: move it to tasks/ or further down.`);
}

function folderOf(file: string): string | undefined {
  const [top, name = ''] = file.split('/');
  if (top !== 'src') return undefined;
  const entry = Object.entries(entries).find(([, started]) => name === `${started}.ts`);
  return entry?.[0] ?? name;
}

function forbidden({ from, to }: Import): readonly string[] {
  const folder = folderOf(from);
  const imported = folderOf(to);
  if (folder === undefined || imported === undefined || folder === imported) return [];
  if (!folders.includes(folder)) return [`${from}: src/${folder} is not in the table of scripts/layers.ts.`];
  return allowedFor(folder).includes(imported) ? [] : [`${from} must not import ${to}.`];
}

/**
 * Circles at every level: within each folder, its subfolders and its own files are compared as wholes. Each is
 * reported once, with an import for each of its steps.
 */
function circles(imports: readonly Import[]): readonly string[] {
  const edges = new Map<string, Map<string, Import>>();
  for (const one of imports) {
    const from = one.from.split('/');
    const to = one.to.split('/');
    const shared = from.findIndex((part, at) => part !== to[at]);
    if (shared === -1) continue;
    const unit = (parts: readonly string[]): string => parts.slice(0, shared + 1).join('/');
    const targets = edges.get(unit(from)) ?? new Map<string, Import>();
    if (!targets.has(unit(to))) targets.set(unit(to), one);
    edges.set(unit(from), targets);
  }
  const found = new Map<string, string>();
  const done = new Set<string>();
  const visit = (unit: string, trail: readonly string[]): void => {
    const start = trail.indexOf(unit);
    if (start !== -1) {
      const circle = trail.slice(start);
      const steps = circle.map((from, at) => {
        const step = edges.get(from)?.get(circle[at + 1] ?? unit);
        return `\n  ${step?.from} imports ${step?.to}`;
      });
      found.set(circle.toSorted().join(' '), `Circle: ${circle.join(' -> ')} -> ${unit}${steps.join('')}`);
      return;
    }
    if (done.has(unit)) return;
    for (const next of edges.get(unit)?.keys() ?? []) visit(next, [...trail, unit]);
    done.add(unit);
  };
  for (const unit of edges.keys()) visit(unit, []);
  return [...found.values()];
}
