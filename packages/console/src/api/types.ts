import type { components, operations } from './schema.js';

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

/** What an event says of a job. */
export type JobEvent = Schemas['JobEvent'];

/** How far a job has come. */
export type JobStatus = Job['status'];

/** What the server works with. */
export type ServerState = Schemas['ServerState'];

type AnswerOf<Operation extends keyof operations> = operations[Operation] extends {
  responses: { 200: { content: { 'application/json': infer Content } } };
}
  ? Content
  : never;

/** The runs of `docket bench` that the server was given. */
export type RunList = AnswerOf<'listRuns'>;

/** What was measured in a run. */
export type RunSummary = RunList['runs'][number]['summary'];

/** A run with some of its documents. */
export type RunDetail = AnswerOf<'getRun'>;

/** A document of a run. */
export type RunDocument = RunDetail['results'][number];

/** What changed between two runs. */
export type RunComparison = AnswerOf<'compareRuns'>;
