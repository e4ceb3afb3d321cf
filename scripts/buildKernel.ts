// Compiles src/training/kernel/adamw.wat into the generated adamwKernel.ts. Run: node scripts/buildKernel.ts
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import wabt from 'wabt';

const folder = path.join(import.meta.dirname, '../src/training/kernel');
const source = 'adamw.wat';

/** The text of adamwKernel.ts. */
export async function compileKernel(): Promise<string> {
  const compiler = await wabt();
  const module = compiler.parseWat(source, readFileSync(path.join(folder, source), 'utf8'), { simd: true });
  try {
    module.validate();
    const bytes = module.toBinary({}).buffer;
    const lines =
      Buffer.from(bytes)
        .toString('base64')
        .match(/.{1,100}/gu) ?? [];
    return [
      `// Made from ${source} by scripts/buildKernel.ts. Do not edit.`,
      '',
      '/** The WebAssembly module, in base64. */',
      'export const adamwKernelBase64 = [',
      ...lines.map((line) => `  '${line}',`),
      "].join('');",
      '',
    ].join('\n');
  } finally {
    module.destroy();
  }
}

if (import.meta.main) writeFileSync(path.join(folder, 'adamwKernel.ts'), await compileKernel());
