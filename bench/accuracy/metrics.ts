/** What was answered for a document and what would have been right. */
export interface Answer {
  readonly path: string;
  /** The right label; null: none of the rules. */
  readonly expected: string | null;
  /** First of the ranking, whatever the floor. */
  readonly first: string;
  /** The answer: a label or null. */
  readonly answered: string | null;
  readonly confidence: number;
}

/** A share with its 95 % interval. */
export interface Share {
  readonly right: number;
  readonly total: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** A share of a count, with Wilson's score interval at 95 %. */
export function shareOf(right: number, total: number): Share {
  const z = 1.96;
  const share = total === 0 ? 0 : right / total;
  const scale = 1 + (z * z) / Math.max(1, total);
  const centre = (share + (z * z) / (2 * Math.max(1, total))) / scale;
  const spread =
    (z / scale) * Math.sqrt((share * (1 - share)) / Math.max(1, total) + (z * z) / (4 * Math.max(1, total) ** 2));
  return { right, total, share, low: Math.max(0, centre - spread), high: Math.min(1, centre + spread) };
}

/** Counts the answers for which something holds. */
export function count(answers: readonly Answer[], holds: (answer: Answer) => boolean): Share {
  return shareOf(answers.filter(holds).length, answers.length);
}

/**
 * Null recall where a floor would leave this share of the documents of the types without a label.
 * @returns The share of documents of no rule whose confidence is under that floor
 */
export function nullRecallAt(answers: readonly Answer[], falseNulls: number): number {
  const known = answers.filter(({ expected }) => expected !== null).map(({ confidence }) => confidence);
  const others = answers.filter(({ expected }) => expected === null);
  const floor = known.sort((one, other) => one - other)[Math.floor(falseNulls * known.length)] ?? 0;
  return count(others, ({ confidence }) => confidence < floor).share;
}

/** Mean over labels, with so many answers or more, of the share that is right of each. */
export function macroAccuracy(answers: readonly Answer[], fewest = 1): number {
  const countOf = (label: string | null) => answers.filter(({ expected }) => expected === label).length;
  const labels = [...new Set(answers.map((answer) => answer.expected))].filter((label) => countOf(label) >= fewest);
  const shares = labels.map(
    (label) =>
      count(
        answers.filter(({ expected }) => expected === label),
        isFirstRight,
      ).share,
  );
  return shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
}

/** Whether the first of the ranking is right. */
export function isFirstRight({ expected, first }: Answer): boolean {
  return expected === first;
}

/** Whether the answer is right, null included. */
export function isAnsweredRight({ expected, answered }: Answer): boolean {
  return expected === answered;
}

/** Mean negative log likelihood of whether the first label is right; `confidenceOf` says what was promised. */
export function logLoss(answers: readonly Answer[], confidenceOf: (answer: Answer) => number): number {
  const losses = answers.map((answer) => {
    const promised = Math.min(0.9999, Math.max(0.0001, confidenceOf(answer)));
    return -Math.log(isFirstRight(answer) ? promised : 1 - promised);
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / Math.max(1, losses.length);
}

/** How far confidences are from what they promise: expected calibration error over ten equal bins (Guo et al., 2017). */
export function calibrationError(answers: readonly Answer[]): number {
  const bins = Array.from({ length: 10 }, (_, bin) =>
    answers.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === bin),
  );
  return bins.reduce((error, bin) => {
    if (bin.length === 0) return error;
    const mean = bin.reduce((sum, { confidence }) => sum + confidence, 0) / bin.length;
    return error + (bin.length / answers.length) * Math.abs(mean - count(bin, isFirstRight).share);
  }, 0);
}

/** Pairs of labels that were taken for each other, most frequent first. */
export function confusions(
  answers: readonly Answer[],
  answerOf: (answer: Answer) => string | null,
): readonly (readonly [string, number])[] {
  const pairs = new Map<string, number>();
  for (const answer of answers) {
    const given = answerOf(answer);
    if (given === answer.expected) continue;
    const pair = `${answer.expected ?? 'null'} -> ${given ?? 'null'}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return [...pairs].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1));
}
