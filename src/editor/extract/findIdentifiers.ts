import type * as vscode from 'vscode';
import { offer, showPlaces } from '../offer.ts';
import { documentToAnnotate } from '../predictions/annotate.ts';
import type { Services } from '../services.ts';
import type { IdentifierMarks } from './identifierMarks.ts';
import { readSubject } from './subject.ts';

/** `chartmark.findIdentifiers`: what in the open file looks like an identifier of a person. Sends nothing. */
export function registerFindIdentifiers(services: Services, marks: IdentifierMarks): vscode.Disposable {
  return services.commands.register('chartmark.findIdentifiers', async ({ answers, uri }) => {
    const file = await documentToAnnotate(answers?.uri ?? uri);
    const subject = await readSubject(file, services.predictions);
    const found = [...(await marks.mark(subject))];
    if (found.length === 0) {
      const message = `Nothing in ${subject.name} looks like an identifier of a person. That does not guarantee that there is none.`;
      offer(services.log, 'info', message, []);
    } else {
      const kinds = found.map(([kind, times]) => `${kind} (${times})`).join(', ');
      const message = `Possible identifiers of persons in ${subject.name}: ${kinds}. The Problems view lists their places.`;
      offer(services.log, 'warning', message, [showPlaces]);
    }
    return Object.fromEntries(found);
  });
}
