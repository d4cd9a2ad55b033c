import type { components } from './schema.js';

type Schemas = components['schemas'];

/** A classify job. */
export type Job = Schemas['ClassifyJob'];

/** What a job, or a score, answers. */
export type ClassifyResult = Schemas['ClassifyResult'];

/** What stands behind an answer. */
export type Explanation = Schemas['ScoreExplanation'];

/** Words of a document that speak for a label. */
export type Evidence = Schemas['Evidence'];

/** Something that the lint says about rules. */
export type LintFinding = Schemas['LintFinding'];

/** What was read of a document. */
export type ReadDocument = Schemas['FilePages'];

/** What was read of one page. */
export type ReadPage = Schemas['ReadPage'];

/** A file on the server. */
export type StoredFile = Schemas['File'];

/** What an event says of a job. */
export type JobEvent = Schemas['JobEvent'];

/** How far a job has come. */
export type JobStatus = Job['status'];
