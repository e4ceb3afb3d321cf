import type { LocatedText } from '../../corpus/locatedTexts.ts';
import { findRealIdentifiers } from '../../generation/judge/realIdentifiers.ts';
import { findPromptIdentifiers } from '../../generation/prompt/promptIdentifiers.ts';
import type { FoundIdentifier, IdentifierFinding } from '../../privacy/identifierKinds.ts';
import { findInTokens } from '../../privacy/tokenBlanks.ts';
import type { Project } from '../../project/project.ts';

/**
 * The outcome of a scan for identifiers. Only the functions below make one, so that nothing can be disclosed, and
 * nothing sent, without a scan.
 */
export class IdentifierScan {
  // Private, so that no object literal can pass for a scan.
  readonly #found: readonly FoundIdentifier[];

  private constructor(found: readonly FoundIdentifier[]) {
    this.#found = found;
  }

  get found(): readonly FoundIdentifier[] {
    return this.#found;
  }

  /**
   * Scans what every prompt of a project says: the definitions, guidelines, examples, counter-examples and styles of
   * chartmark.json, and the project's own template of `template`, if a template is sent. Topics are left out, because
   * many diseases are called after a person.
   */
  static ofPrompt(
    project: Project,
    { template, styles = true }: { readonly template?: 'ner' | 're'; readonly styles?: boolean },
  ): IdentifierScan {
    const sent = styles ? project : { ...project, styles: [] };
    return new IdentifierScan(findPromptIdentifiers(sent, template));
  }

  /** Scans texts of files. */
  static ofTexts(texts: readonly LocatedText[]): IdentifierScan {
    return new IdentifierScan(texts.flatMap((text) => locate(text, findInTokens(text.text))));
  }

  /**
   * Scans texts that a model wrote, for what no generated text may have: names, numbers, addresses and full dates. Ages,
   * months, towns and hospitals are allowed there.
   */
  static ofSynthetic(texts: readonly LocatedText[]): IdentifierScan {
    return new IdentifierScan(texts.flatMap((text) => locate(text, findRealIdentifiers(text.text))));
  }

  /** Everything that this scan or the other one found. */
  and(other: IdentifierScan): IdentifierScan {
    return new IdentifierScan([...this.#found, ...other.#found]);
  }
}

function locate(
  { file, lineAt }: LocatedText,
  findings: readonly IdentifierFinding[],
): readonly FoundIdentifier[] {
  return findings.map(({ kind, start }) => ({ place: file, line: lineAt(start), kind }));
}
