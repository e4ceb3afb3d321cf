/** What a model folder may hold of the terms it comes under. */
export const licenceFileNames: readonly string[] = ['LICENSE', 'LICENCE', 'NOTICE'].flatMap((name) =>
  ['', '.txt', '.md'].map((ending) => `${name}${ending}`),
);
