import { createJobs, jobMaker } from './console/support/jobs.js';
const m = await jobMaker('http://127.0.0.1:18734', ['contract-3p.pdf', 'minutes.txt', 'encrypted-letter.pdf']);
await createJobs(m, 30);
