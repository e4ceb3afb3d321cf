import path from 'node:path';
import * as z from 'zod/mini';
import type { LayoutChoice } from '../corpus/bio/format.ts';
import { globPattern } from '../corpus/glob.ts';
import { described, optional, text, whole } from '../foundation/fields.ts';

/** An item of the section "columns" of chartmark.json: the layout of some BIO files. Columns count from 1. */
export const columnSettingSchema = z.strictObject({
  files: described(text, 'A file, or a glob such as gold/*.conll, relative to this file.'),
  word: optional(whole(1, 1000), 'The column of the words, counted from 1.'),
  tag: optional(whole(1, 1000), 'The column of the tags, counted from 1.'),
});

type ColumnSetting = z.output<typeof columnSettingSchema>;

/**
 * The columns of each file: those that a person named (`named`) come first, then those of the first setting whose files
 * include it. `folder` is the project's.
 */
export function layoutChooser(
  settings: readonly ColumnSetting[],
  folder: string,
  named: LayoutChoice = {},
): (file: string) => LayoutChoice {
  const patterns = settings.map(({ files, word, tag }) => ({
    pattern: globPattern(files),
    choice: { wordColumn: word, tagColumn: tag },
  }));
  return (file) => {
    const relative = path.relative(path.resolve(folder), path.resolve(file)).replaceAll('\\', '/');
    const setting = patterns.find(({ pattern }) => pattern.test(relative))?.choice;
    return {
      wordColumn: named.wordColumn ?? setting?.wordColumn,
      tagColumn: named.tagColumn ?? setting?.tagColumn,
      tagNames: named.tagNames,
    };
  };
}
