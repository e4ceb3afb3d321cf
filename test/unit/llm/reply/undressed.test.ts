import { describe, expect, it } from 'vitest';
import { undressed } from '../../../../src/llm/reply/undressed.ts';

const text = 'Vital signs were <Disease>normal</Disease> at the second visit.';

describe('a text of a reply', () => {
  it.each([
    '(No mentions)',
    '(no entities)',
    '[No mention]',
    '(No tagged mentions)',
    '- no entities',
    '*No tags needed.*',
    '(entity-free)',
    '(no Disease or Chemical mentions)',
    '(contains no entities)',
    '(without any mention)',
    '\n(No annotations needed)',
    '[no labels]',
    '<|im_end|>',
    '</s>',
    '<|eot_id|>',
    '<end_of_turn>\n<eos>',
    '\nUser: Write another.',
    '\n### Instruction:\nWrite more.',
    ' User: more',
    '</s> (No mentions)</s>',
    '(No mentions) (no entities)',
  ])('loses what stands behind it: %s', (note) => {
    expect(undressed(`${text} ${note}`)).toBe(text);
    expect(undressed(text + note)).toBe(text);
  });

  it.each([
    'No entities: ',
    '[entity-free] ',
    '(No mentions) ',
    '**No mentions:** ',
    'No mentions - ',
    'Entity-free: ',
    'Text 1: ',
    'Sentence 12: ',
    '**Example 3:** ',
    'Text 2 (PubMed abstract): ',
    '### Text 4\n',
    'Text #5 - ',
    '[Text 6] ',
    'PubMed abstract: ',
    'PUBMED ABSTRACT: ',
    '[PubMed abstract] ',
    '**PubMed abstract:** ',
    '**PubMed abstract** - ',
    'PubMed abstract 2: ',
    'Style: PubMed abstract: ',
    'PubMed-abstract \u2013 ',
    '## PubMed abstract\n',
    '(PubMed abstract) ',
    'Text 1: PubMed abstract: ',
    '<s>',
    '<|assistant|>\n',
  ])('loses what stands before it: %s', (name) => {
    expect(undressed(name + text, 'PubMed abstract')).toBe(text);
  });

  it.each([
    'There was no mention of weight loss (no mention of fever).',
    'She has no entity that we could name.',
    'No tags: the skin was clear of skin tags.'.replace('No tags: the', 'The'),
    'PubMed abstracts were searched: none.',
    'Clinic letter dictated but not read.',
    'Case 1: A 54-year-old man.',
    'Patient 2: well (negative).',
    'Assistant: [NAME]. Output: 500 mL. Input: 2 L. User: unknown'.replace(' User: unknown', ''),
    'Note 3 was written by [NAME].',
    'Text 4 of the leaflet was read to her.',
  ])('keeps words of its own: %s', (own) => {
    expect(undressed(own, 'clinic letter')).toBe(own);
  });
});
