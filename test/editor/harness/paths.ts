import path from 'node:path';

/** The repository. */
export const root = path.resolve(import.meta.dirname, '../../..');

/** Counts, logs and screenshots of the last run. */
export const resultsFolder = path.join(root, 'test-results');

/** An extension that brings language models into the tests' editor. */
export const languageModels = path.join(root, 'test/editor/languageModels');
