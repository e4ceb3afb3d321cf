import path from 'node:path';
import type { Project } from './project.ts';

/** A project folder with its settings and the absolute paths of the folders in its `paths`. */
export interface OpenProject {
  readonly folder: string;
  readonly project: Project;
  readonly synthetic: string;
  readonly models: string;
  readonly reports: string;
}

export function projectPlaces(folder: string, project: Project): OpenProject {
  const { synthetic, models, reports } = project.paths;
  return {
    folder,
    project,
    synthetic: path.resolve(folder, synthetic),
    models: path.resolve(folder, models),
    reports: path.resolve(folder, reports),
  };
}
