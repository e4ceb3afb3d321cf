import { digest } from '../../../../src/foundation/digest.ts';
import { describe, expect, it } from 'vitest';
import { defaultProject } from '../../../../src/project/defaults.ts';
import { parseProject } from '../../../../src/project/parseProject.ts';
import type { Project } from '../../../../src/project/project.ts';
import { specOfRecord, recordOfSpec } from '../../../../src/generation/run/specRecord.ts';
import { describeRun } from '../../../../src/generation/run/describeRun.ts';
import { planRequest } from '../../../../src/generation/plan/planRequest.ts';
import { planRun } from '../../../../src/generation/plan/planRun.ts';
import { buildPrompt } from '../../../../src/generation/prompt/buildPrompt.ts';
import type { Provider } from '../../../../src/llm/provider.ts';
import { composeRequest } from '../../../../src/generation/prompt/composeRequest.ts';

const none = { accepted: 0, acceptedNegative: 0 };
const project = (settings: object): Project => parseProject(JSON.stringify(settings), 'chartmark.json');

function requestedTexts(settings: Project, task: 'ner' | 're' = 'ner', index = 0): string {
  const plan = planRun({ task, project: settings, count: 1000, seed: 1 });
  return buildPrompt(planRequest(plan, index, none), plan.project).at(-1)?.content ?? '';
}

describe('the prompt of a project', () => {
  it('contains the types, styles, topics, shares and language of chartmark.json', () => {
    const settings = project({
      entityTypes: [
        {
          name: 'Device',
          definition: 'A thing in a patient.',
          guideline: 'Without its maker.',
          examples: ['stent'],
          counterExamples: ['bed'],
        },
      ],
      styles: [{ name: 'theatre note', description: 'What was put in.' }],
      topics: { Device: ['pacemaker'] },
      generation: { language: 'German', textsPerRequest: 8, entityFreeShare: 0.5, confusableShare: 0.5 },
    });
    const plan = planRun({ task: 'ner', project: settings, count: 8, seed: 1 });
    const [system, wish] = buildPrompt(planRequest(plan, 0, none), settings);
    expect(system?.content).toContain(
      'Device: A thing in a patient. Without its maker. Examples: stent. Not Device: bed.',
    );
    expect(system?.content).toContain('"Given <Device>...</Device> at home."');
    expect(wish?.content.split('\n')).toEqual([
      'Write 8 texts in German, each an excerpt of one to three sentences.',
      'Style: theatre note. What was put in.',
      expect.stringMatching(/^4 of them hold one or more tagged mentions/),
      expect.stringMatching(/^1 of those introduce a name .*"long form \(ABBR\) \.\.\. ABBR"/),
      expect.stringMatching(/^4 of them hold no mention and no tag/),
      '2 of those without a mention hold words that are easily mistaken for one, and leave them untagged: bed.',
      'Each text that has a mention is about this name, and tags it: pacemaker (Device).',
    ]);
  });

  it('leaves out what is not requested', () => {
    const wish = requestedTexts(project({ generation: { entityFreeShare: 0 } }));
    expect(wish).not.toMatch(/no mention|mistaken|these names/);
    expect(requestedTexts(project({ generation: { confusableShare: 0 } }))).not.toContain('mistaken');
  });

  it('says if there are fewer topics than texts, and quotes topics with the separator in them', () => {
    const few = requestedTexts(
      project({ topics: { Disease: ['gout', 'asthma; mild'] }, generation: { textsPerRequest: 10 } }),
    );
    expect(few).toContain('There are fewer names than texts: use each about equally often.');
    expect(few).not.toContain('another one');
    expect(few).toContain('"asthma; mild" (Disease)');
    const relations = requestedTexts(project({ topics: { Gene: ['CFTR'] } }), 're');
    expect(relations).toContain('Each sentence is about this name, and tags it: CFTR (Gene).');
  });

  it('does not limit texts about types without topics', () => {
    const names = Array.from({ length: 20 }, (_, number) => `disease ${number}`);
    const settings = project({ topics: { Disease: names } });
    expect(requestedTexts(settings)).toContain(
      'Each text that has a mention of Disease is about another one of these names',
    );
    const plan = planRun({ task: 'ner', project: settings, count: 10, seed: 1 });
    const spec = planRequest(plan, 0, none);
    expect(spec).toMatchObject({ withoutTopics: ['Chemical', 'Procedure'] });
    expect(specOfRecord(recordOfSpec(spec), plan)).toEqual(spec);
    const all = project({ topics: { Disease: names, Chemical: names, Procedure: names } });
    expect(requestedTexts(all)).toContain('Each text that has a mention is about another one of these names');
  });

  it('requests whole notes with longer limits, fewer per request and longer replies', () => {
    const notes = project({ generation: { unit: 'notes' } });
    expect(notes.generation).toMatchObject({ textsPerRequest: 3, minLength: 200, maxLength: 8000 });
    expect(requestedTexts(notes)).toMatch(
      /^Write 3 texts in English, each a whole note of about 120 to 350 words/,
    );
    const own = project({ generation: { unit: 'notes', textsPerRequest: 5, maxLength: 20_000 } });
    expect(own.generation).toMatchObject({ textsPerRequest: 5, minLength: 200, maxLength: 20_000 });
    const plan = planRun({ task: 'ner', project: notes, count: 3, seed: 1 });
    const composed = composeRequest(planRequest(plan, 0, none), { plan, index: 0, price: undefined });
    expect(composed.request.maxTokens).toBe(512 + 3 * 2000);
  });

  it('requests a whole note in a style whose description is about sentences', () => {
    const styles = ['PubMed abstract', 'case report'];
    for (const style of styles) {
      expect(requestedTexts(project({ styles: [style] }), 're')).toContain(
        `Style: ${style}. A sentence of a `,
      );
      // In mention runs, too: it would contradict "one to three sentences".
      expect(requestedTexts(project({ styles: [style] }))).not.toContain('A sentence of');
      const notes = requestedTexts(project({ styles: [style], generation: { unit: 'notes' } }));
      expect(notes).toMatch(new RegExp(`Style: ${style}\\. A (?:research abstract|published case)`));
      expect(notes).not.toContain('A sentence of');
    }
  });

  it('requests sentences about relations even if the project has notes', () => {
    const notes = project({ generation: { unit: 'notes' } });
    const { generation } = planRun({ task: 're', project: notes, count: 3, seed: 1 }).project;
    expect(generation).toMatchObject({ textsPerRequest: 10, minLength: 12, maxLength: 1500 });
  });

  it('requests related and unrelated pairs by their share, with examples of both', () => {
    const [relation] = defaultProject.relationTypes;
    const settings = project({
      entityTypes: defaultProject.entityTypes,
      relationTypes: [{ ...relation, examples: ['A causes B.'], counterExamples: ['A and B.'] }],
      generation: { unrelatedShare: 0.3 },
    });
    expect(requestedTexts(settings, 're')).toMatch(
      /\n7 of them state the relation \("relation": "association"\)\.\n3 of them do not/,
    );
    const plan = planRun({ task: 're', project: settings, count: 10, seed: 1 });
    const [system] = buildPrompt(planRequest(plan, 0, none), settings);
    expect(system?.content).toContain(
      'Examples: A causes B. Examples of what is not "association": A and B.',
    );
    expect(requestedTexts(project({ ...settings, generation: { unrelatedShare: 0 } }), 're')).not.toContain(
      'do not',
    );
  });

  it('requests the right share of confusable texts over many requests', () => {
    const settings = project({
      generation: { textsPerRequest: 5, entityFreeShare: 0.2, confusableShare: 0.3 },
    });
    const plan = planRun({ task: 'ner', project: settings, count: 100_000, seed: 1 });
    let sum = 0;
    for (let index = 0; index < 1000; index++) {
      const spec = planRequest(plan, index, none);
      if (spec.task !== 'ner') throw new Error('a mention run asks for mentions');
      sum += spec.confusable ?? 0;
      expect(buildPrompt(specOfRecord(recordOfSpec(spec), plan), settings)).toEqual(
        buildPrompt(spec, settings),
      );
    }
    expect(sum / 1000).toBeGreaterThan(0.25);
    expect(sum / 1000).toBeLessThan(0.35);
  });
});

describe("a project's own template", () => {
  const template = (more: string): Project => ({
    ...defaultProject,
    prompts: {
      ner: {
        file: 'ner.md',
        text: `# Request\n${more} {{types}} {{texts}} {{style}}{{reply}}\n{{seeds}}\n{{entityFree}}`,
      },
    },
  });

  it('replaces the built-in one and has another hash', () => {
    const plan = planRun({ task: 'ner', project: defaultProject, count: 10, seed: 1 });
    const spec = planRequest(plan, 0, none);
    const messages = buildPrompt(spec, template('Now write.'));
    expect(messages).toHaveLength(1);
    expect(messages[0]?.content).toMatch(/^Now write\. Disease: /);
    expect(digest(messages)).not.toBe(digest(buildPrompt(spec, template('Write.'))));
    expect(digest(messages)).not.toBe(digest(buildPrompt(spec, defaultProject)));
  });

  it('must be the same when a run is resumed', () => {
    const provider = { name: 'p', model: 'm', destination: { kind: 'local', host: 'h' } } as Provider;
    const runOf = (settings: Project) =>
      describeRun(planRun({ task: 'ner', project: settings, count: 10, seed: 1 }), provider).description;
    expect(runOf(template('a'))['template']).not.toEqual(runOf(template('b'))['template']);
    expect(runOf(defaultProject)).not.toHaveProperty('template');
  });
});
