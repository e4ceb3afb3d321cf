import { parseXml, XmlElement, XmlError } from '@rgrove/parse-xml';
import { UserError } from '../../../foundation/userError.ts';
import type { Document } from '../../document.ts';
import { lineIndex } from '../../lines.ts';
import type { ReadContext } from '../../readContext.ts';
import { readingNotes } from '../../readingNotes.ts';
import { nameDocuments } from '../nameDocuments.ts';
import { toDocument } from './document.ts';
import type { BiocAnnotation, BiocPart, BiocRelation, Infons } from './model.ts';

/** Whether a file begins like a BioC collection in XML. */
export function looksLikeBiocXml(head: string): boolean {
  const start = head.trimStart();
  return start.startsWith('<') && /<(?:!DOCTYPE\s{1,20})?collection[\s>]/u.test(start.slice(0, 4000));
}

/**
 * The documents of a BioC collection (Comeau et al. 2013, BioC.dtd). No entity of a document type is expanded. Throws
 * `UserError` with the line.
 */
export function parseBiocXml(source: string, context: ReadContext): Document[] {
  // As XML demands; the parser would do it, but its time grows with the square of their number.
  const plain = source.replaceAll(/\r\n?/gu, '\n');
  const lineOf = lineIndex(plain);
  const root = parseRoot(plain, context.file);
  if (root.name !== 'collection')
    throw new UserError('This XML is not a BioC collection.', {
      place: { file: context.file, line: lineOf(root.start) },
      nextStep: 'Export the annotations as BioC, brat or JSON lines.',
    });
  const notes = readingNotes(context);
  const documents = children(root, 'document').map((element) => toDocument(readPart(element, lineOf), notes));
  notes.report();
  return nameDocuments(documents, context);
}

function parseRoot(source: string, file: string): XmlElement {
  try {
    const { root } = parseXml(source, { includeOffsets: true, ignoreUndefinedEntities: true });
    if (root !== null) return root;
    throw broken(file, 1);
  } catch (error) {
    // A RangeError: elements that are nested too deeply for the parser.
    if (error instanceof RangeError) throw broken(file, 1);
    throw error instanceof XmlError ? broken(file, error.line) : error;
  }
}

function broken(file: string, line: number): UserError {
  return new UserError('This is not valid XML.', {
    place: { file, line },
    nextStep: 'Check whether the file is complete, or export it again.',
  });
}

function children(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter(
    (child): child is XmlElement => child instanceof XmlElement && child.name === name,
  );
}

function textOf(element: XmlElement, name: string): string | undefined {
  return children(element, name)[0]?.text;
}

function infonsOf(element: XmlElement): Infons {
  return new Map(
    children(element, 'infon').map((infon) => [infon.attributes['key'] ?? '', infon.text.trim()]),
  );
}

/** Reads a document, passage or sentence. */
function readPart(element: XmlElement, lineOf: (offset: number) => number): BiocPart {
  const offset = textOf(element, 'offset')?.trim();
  const inner = ['passage', 'sentence'].flatMap((name) => children(element, name));
  return {
    id: textOf(element, 'id')?.trim(),
    offset: offset === undefined || !/^\d{1,15}$/u.test(offset) ? undefined : Number(offset),
    text: textOf(element, 'text'),
    infons: infonsOf(element),
    annotations: children(element, 'annotation').map((item) => readAnnotation(item, lineOf)),
    relations: children(element, 'relation').map((item) => readRelation(item, lineOf)),
    parts: inner.map((part) => readPart(part, lineOf)),
    line: lineOf(element.start),
  };
}

function readAnnotation(element: XmlElement, lineOf: (offset: number) => number): BiocAnnotation {
  const { id = '' } = element.attributes;
  return {
    id,
    infons: infonsOf(element),
    locations: children(element, 'location').map(({ attributes }) => ({
      offset: Number(attributes['offset']),
      length: Number(attributes['length']),
    })),
    words: textOf(element, 'text'),
    line: lineOf(element.start),
  };
}

function readRelation(element: XmlElement, lineOf: (offset: number) => number): BiocRelation {
  return {
    infons: infonsOf(element),
    nodes: children(element, 'node').map(({ attributes }) => ({
      refid: attributes['refid'] ?? '',
      role: attributes['role'] ?? '',
    })),
    line: lineOf(element.start),
  };
}
