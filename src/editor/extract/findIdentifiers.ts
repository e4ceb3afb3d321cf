import type * as vscode from 'vscode';
import { offer, showPlaces } from '../offer.ts';
import { documentToAnnotate } from '../predictions/annotate.ts';
import type { Services } from '../services.ts';
import type { IdentifierMarks } from './identifiers.ts';
import { readSubject } from './subject.ts';

/** `chartmark.findIdentifiers`: what in the open file looks like an identifier of a person. Sends nothing. */
export function registerFindIdentifiers(services: Services, marks: IdentifierMarks): vscode.Disposable {
  return services.commands.register('chartmark.findIdentifiers', async ({ answers, uri }) => {
    const file = await documentToAnnotate(answers?.uri ?? uri);
    const subject = await readSubject(file, services.predictions);
    const found = [...(await marks.mark(subject))];
    const kinds = found.map(([kind, times]) => `${kind} (${times})`).join(', ');
    const message =
      found.length === 0
        ? `Nothing in ${subject.name} looks like an identifier of a person. That is no guarantee that there is none.`
        : `${subject.name} holds what looks like identifiers of persons: ${kinds}. The Problems view lists their places.`;
    if (found.length === 0) offer(services.log, 'info', message, []);
    else offer(services.log, 'warning', message, [showPlaces]);
    return Object.fromEntries(found);
  });
}
