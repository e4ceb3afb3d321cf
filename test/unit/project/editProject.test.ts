import { applyEdits } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { readTopics, topicEdits } from '../../../src/project/editProject.ts';
import { parseProject } from '../../../src/project/parseProject.ts';

function edited(text: string, added: Readonly<Record<string, readonly string[]>>): string {
  return applyEdits(text, [...topicEdits(text, 'chartmark.json', added)]);
}

describe('topicEdits', () => {
  it('puts the key at the end, and touches nothing else', () => {
    const text = '// ours\n{\n    "generation": { "count": 7 } // few\n}\n';
    expect(edited(text, { Disease: ['gout', 'asthma'] })).toBe(
      '// ours\n{\n    "generation": { "count": 7 }, // few\n    "topics": {\n        "Disease": [\n            "gout",\n' +
        '            "asthma"\n        ]\n    }\n}\n',
    );
  });

  it('keeps comments behind the items that they belong to', () => {
    const text = `{
  "topics": {
    /* rare */ "Disease": [
      "gout" // our own
    ] // more to come
  } // the end
}`;
    expect(edited(text, { Disease: ['asthma', 'gout'], Chemical: ['metformin'] })).toBe(`{
  "topics": {
    /* rare */ "Disease": [
      "gout", // our own
      "asthma"
    ], // more to come
    "Chemical": [
      "metformin"
    ]
  } // the end
}`);
  });

  it('keeps trailing commas', () => {
    const text = '{\n  "topics": {\n    "Disease": [\n      "gout", // a\n    ],\n  },\n}\n';
    expect(edited(text, { Disease: ['asthma'], Chemical: ['lithium'] })).toBe(
      '{\n  "topics": {\n    "Disease": [\n      "gout", // a\n      "asthma",\n    ],\n    "Chemical": [\n      "lithium"\n' +
        '    ],\n  },\n}\n',
    );
  });

  it('indents with tabs and ends lines with CRLF where the file does', () => {
    const text = '{\r\n\t"model": {\r\n\t\t"name": "a"\r\n\t}\r\n}\r\n';
    expect(edited(text, { Disease: ['gout'] })).toBe(
      '{\r\n\t"model": {\r\n\t\t"name": "a"\r\n\t},\r\n\t"topics": {\r\n\t\t"Disease": [\r\n\t\t\t"gout"\r\n\t\t]\r\n\t}\r\n}\r\n',
    );
  });

  it('adds to the former key where the file has that', () => {
    expect(edited('{\n  "seeds": { "Disease": ["gout"] }\n}\n', { Disease: ['asthma'] })).toBe(
      '{\n  "seeds": { "Disease": ["gout", "asthma"] }\n}\n',
    );
  });

  it.each([
    ['an object without a key', '{}\n', '{\n  "topics": {\n    "Gene": [\n      "CFTR"\n    ]\n  }\n}\n'],
    [
      'an object of one comment',
      '{ // ours\n}',
      '{ // ours\n  "topics": {\n    "Gene": [\n      "CFTR"\n    ]\n  }\n}',
    ],
    ['a file on one line', '{"model":{"name":"a"}}', '{"model":{"name":"a"}, "topics": {"Gene":["CFTR"]}}'],
    ['an empty list', '{\n  "topics": {"Gene": [ ]}\n}', '{\n  "topics": {"Gene": [\n    "CFTR"\n  ]}\n}'],
    [
      'a comment at the end of a line',
      '{\n  "topics": {"Gene": ["a" // b\n  ]}\n}',
      '{\n  "topics": {"Gene": ["a", // b\n    "CFTR"\n  ]}\n}',
    ],
    ['a byte order mark', '\uFEFF{"topics":{"Gene":[]}}', '\uFEFF{"topics":{"Gene":["CFTR"]}}'],
    [
      'a sign of a comment in text',
      '{"topics":{"Gene":["a//b" /* , */]}}',
      '{"topics":{"Gene":["a//b", /* , */ "CFTR"]}}',
    ],
  ])('writes into %s', (_, text, expected) => {
    const result = edited(text, { Gene: ['CFTR'] });
    expect(result).toBe(expected);
    expect(parseProject(result, 'chartmark.json').topics['Gene']).toContain('CFTR');
  });

  it('changes nothing if all names are there, or none are given', () => {
    const text = '{"topics": {"Gene": ["CFTR"]}}';
    expect(topicEdits(text, 'chartmark.json', { Gene: ['CFTR'], Disease: [] })).toEqual([]);
  });

  it('refuses a file that is not valid, with the line', () => {
    expect(() => topicEdits('{\n"topics": 3}', 'chartmark.json', {})).toThrow(
      expect.objectContaining({ place: { file: 'chartmark.json', line: 2 } }),
    );
  });
});

describe('readTopics', () => {
  it('reads what a person left of the document', () => {
    expect(readTopics('{"topics": {"Gene": ["CFTR",\n]}}', 'Untitled-1')).toEqual({ Gene: ['CFTR'] });
  });

  it.each([
    ['that ends too early', '{"topics": [', 1],
    ['with something else', '{"topics": {},\n"styles": []}', 2],
    ['with a number for a name', '{"topics": {"Gene": [\n3]}}', 2],
  ])('refuses a document %s, with the line', (_, text, line) => {
    expect(() => readTopics(text, 'Untitled-1')).toThrow(
      expect.objectContaining({ place: { file: 'Untitled-1', line } }),
    );
  });
});
