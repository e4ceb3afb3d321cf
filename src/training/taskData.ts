import { createHash } from 'node:crypto';
import type { TrainingData } from './trainOptions.ts';
import { relationTaskData } from './relationTaskData.ts';
import type { TaskData } from './task.ts';
import { tokenTaskData } from './tokenTaskData.ts';

export function taskData(data: TrainingData): TaskData {
  return data.task === 'ner' ? tokenTaskData(data.examples) : relationTaskData(data.rows);
}

/** SHA-256 of the examples and their labels, in hexadecimal. */
export function fingerprint(data: TaskData): string {
  const hash = createHash('sha256');
  for (const place of data.groups.keys()) hash.update(`${data.line(place)}\n`);
  return hash.digest('hex');
}
