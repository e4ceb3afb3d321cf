import { readDocuments, readRelationRows } from '../corpus/read.ts';
import { tokenExamples } from '../corpus/examples.ts';
import { microF1 } from '../evaluation/microF1.ts';
import { loadSequenceClassifier, type SequenceClassifier } from '../model/sequenceClassifier.ts';
import { loadTokenClassifier, type TokenClassifier } from '../model/tokenClassifier.ts';
import { train } from '../training/train.ts';
import { toFailure } from './failure.ts';
import { lastLoaded } from './lastLoaded.ts';
import type { FromWorker, JobName, Jobs, TextProgress, ToWorker, TrainJob } from './protocol.ts';
