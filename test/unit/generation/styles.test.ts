import { describe, expect, it } from 'vitest';
import { planRequest } from '../../../src/generation/plan/planRequest.ts';
import { defaultProject } from '../../../src/project/defaults.ts';

const styles = [
  { name: 'note', description: 'A note.', weight: 3 },
  { name: 'letter', description: 'A letter.' },
  { name: 'abstract', description: 'An abstract.', relations: true },
  { name: 'report', description: 'A report.', weight: 0.5 },
];
const nothing = { accepted: 0, acceptedNegative: 0 };

/** The styles of the first requests of a run, by name. */
function stylesOf(requests: number, seed: number, task: 'ner' | 're' = 'ner'): readonly string[] {
  const project = { ...defaultProject, styles };
  const plan = {
    task,
    project,
    relations: task === 're' ? project.relationTypes.slice(0, 1) : [],
    count: 1000,
    seed,
    version: 2 as const,
    topics: [],
  };
  return Array.from({ length: requests }, (_, index) => planRequest(plan, index, nothing).style.name);
}

const times = (names: readonly string[], name: string): number => names.filter((one) => one === name).length;

describe('the styles of a run', () => {
  it('all come, each about as often as its weight says, in a short run already', () => {
    for (let seed = 0; seed < 20; seed++) {
      const drawn = stylesOf(22, seed);
      for (const { name, weight = 1 } of styles) {
        const share = (22 * weight) / 5.5;
        expect(Math.abs(times(drawn, name) - share), `${name}, seed ${seed}`).toBeLessThanOrEqual(2);
        expect(times(drawn, name), `${name}, seed ${seed}`).toBeGreaterThan(0);
      }
    }
  });

  it('are mixed: none of them comes in one long row', () => {
    const drawn = stylesOf(200, 1);
    let row = 1;
    let longest = 1;
    for (const [at, name] of drawn.entries()) {
      row = at > 0 && name === drawn[at - 1] ? row + 1 : 1;
      longest = Math.max(longest, row);
    }
    expect(longest).toBeLessThanOrEqual(4);
  });

  it('begin elsewhere with another seed, and with the same one in the same place', () => {
    expect(stylesOf(30, 7)).toEqual(stylesOf(30, 7));
    const begins = new Set(Array.from({ length: 40 }, (_, seed) => stylesOf(1, seed)[0]));
    expect(begins).toEqual(new Set(styles.map(({ name }) => name)));
  });

  it('of relations are those that fit them, if any does', () => {
    expect(new Set(stylesOf(10, 1, 're'))).toEqual(new Set(['abstract']));
  });
});
