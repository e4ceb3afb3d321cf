/** Licence files that a model folder may contain. */
export const licenceFileNames: readonly string[] = ['LICENSE', 'LICENCE', 'NOTICE'].flatMap((name) =>
  ['', '.txt', '.md'].map((ending) => `${name}${ending}`),
);
