import { expect, test } from 'vitest';
import { planRun } from '../../../src/generation/plan/planRun.ts';
import { settingsDigest } from '../../../src/generation/run/describeRun.ts';
import { defaultProject } from '../../../src/project/defaults.ts';
import { wishOfRun } from '../../../src/tasks/begunRun.ts';
import { planOptionsOf, type TextWish } from '../../../src/tasks/generate.ts';

const project = defaultProject;
/** The folder of the package, with the lexicon. */
const resources = process.cwd();

/** The wish that is found again in the description of a run that was begun with one. */
async function foundAgain(wish: TextWish, count = wish.count) {
  const plan = planRun(await planOptionsOf({ ...wish, project, resources }));
  const description = {
    run: 'r',
    task: wish.task,
    provider: 'openai',
    model: 'house',
    destination: { kind: 'local', host: 'localhost' },
    seed: wish.seed,
    count: wish.count,
    labels: [],
    settings: settingsDigest(plan),
    plan: plan.version,
    ...(wish.relations === undefined ? {} : { relations: plan.relations ?? [] }),
  } as const;
  return wishOfRun(description, { project, count, resources });
}

test.each(['project', 'lexicon'] as const)('a run knows that its topics came from the %s', async (source) => {
  const wish = { task: 'ner', count: 10, seed: 3, topicSource: source } as const;
  expect(await foundAgain(wish)).toEqual(wish);
  expect(await foundAgain(wish, 25)).toEqual({ ...wish, count: 25 });
});

test('a relation run is about the relations that it names, or else about the first', async () => {
  const [first, second] = project.relationTypes.map(({ name }) => name);
  const wish = { task: 're', count: 10, seed: 3, topicSource: 'project' } as const;
  expect(await foundAgain({ ...wish, relations: [second ?? first ?? ''] })).toMatchObject({
    relations: [second ?? first],
  });
  expect(await foundAgain(wish)).toMatchObject({ relations: [first] });
});
