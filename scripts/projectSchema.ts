/**
 * `node scripts/projectSchema.ts`: writes the JSON Schema of chartmark.json from its definition in src/project/schema.ts.
 * With `--check` it writes nothing and fails if the file is not up to date.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { projectSchema } from '../src/project/schema.ts';

const name = 'media/chartmark.schema.json';
const file = path.resolve(import.meta.dirname, '..', name);
const { $schema, ...schema } = z.toJSONSchema(projectSchema, { target: 'draft-7', io: 'input' });
const title = 'Chartmark project';
const description =
  'What is annotated in this workspace, and how texts are generated and models are trained. Every key that is left out has a default.';
const text = `${JSON.stringify({ $schema, title, description, ...schema }, undefined, 2)}\n`;
if (!process.argv.includes('--check')) {
  await writeFile(file, text);
} else if ((await readFile(file, 'utf8')) !== text) {
  console.error(`${name} is not up to date. Run: npm run schema`);
  process.exitCode = 1;
}
