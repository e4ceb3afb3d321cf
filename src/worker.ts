import { serveJobs } from './process/host.ts';

serveJobs(process);
