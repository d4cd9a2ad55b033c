import { slopeOf } from '../memory/slope.js';
import type { Target } from '../speed/report.js';
import type { SoakRun, SoakSample } from './soak.js';

/** Flat is what grows by less for each document, by least squares over the second half. */
export const MOST_BYTES_PER_DOCUMENT = 5000;

/** Open files that may come and go with connections and readings. */
const MOST_MORE_FILES = 8;

/** The write-ahead log is begun anew long before: at 16 MB, or a little later. */
const MOST_LOG_BYTES = 64 * 1024 ** 2;

type Quantity = Exclude<keyof SoakSample, 'documents'>;

/** What a soak has to show: nothing lost, nothing that grows. */
export function judgeSoak(run: SoakRun): Target[] {
  return [...judgeAnswers(run), ...judgeMemory(run), ...judgeFiles(run)];
}

/** All documents answered, each as its first copy was. */
export function judgeAnswers({ jobs, completed, wrong, restarts }: SoakRun): Target[] {
  const rest = wrong.length + restarts;
  return [
    {
      name: 'jobs completed, each with the answer of the first copy of its document, and no engine process lost',
      reached: `${completed} of ${jobs}, ${wrong.length} other answers, ${restarts} lost`,
      wanted: 'all, 0, 0',
      met: completed === jobs && rest === 0,
    },
  ];
}

/** Memory, after the first half. */
export function judgeMemory({ samples }: SoakRun): Target[] {
  const target = (name: string, quantity: Quantity): Target => {
    const slope = slopeOf(samples.map((sample) => ({ documents: sample.documents, bytes: sample[quantity] })));
    return {
      name: `${name}: growth a document, second half`,
      reached: `${(slope / 1000).toFixed(1)} kB`,
      wanted: `less than ${MOST_BYTES_PER_DOCUMENT / 1000} kB`,
      met: slope < MOST_BYTES_PER_DOCUMENT,
    };
  };
  return [target('resident memory of the server', 'serverBytes'), target('of its engine processes', 'enginesBytes')];
}

/** Open files of the second half beside the first, and the longest write-ahead log. */
export function judgeFiles({ samples }: SoakRun): Target[] {
  const middle = samples.length >> 1;
  const most = (part: readonly SoakSample[], quantity: Quantity) => Math.max(...part.map((sample) => sample[quantity]));
  const files = (['serverFiles', 'enginesFiles'] as const).map((quantity): Target => {
    const [first, second] = [most(samples.slice(0, middle), quantity), most(samples.slice(middle), quantity)];
    return {
      name: `open files of ${quantity === 'serverFiles' ? 'the server' : 'its engine processes'}: most in the second half`,
      reached: String(second),
      wanted: `at most ${first} + ${MOST_MORE_FILES}, those of the first half`,
      met: second <= first + MOST_MORE_FILES,
    };
  });
  const log = most(samples, 'logBytes');
  const mebibytes = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
  return [
    ...files,
    {
      name: 'write-ahead log, longest',
      reached: mebibytes(log),
      wanted: `at most ${mebibytes(MOST_LOG_BYTES)}`,
      met: log <= MOST_LOG_BYTES,
    },
  ];
}
