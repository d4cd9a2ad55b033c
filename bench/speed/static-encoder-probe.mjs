// One start of the built static model, in a process of its own: says on standard output how many milliseconds reading it
// took, and importing its code before that. Argument: the folder of the compiled engine.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [, , engine] = process.argv;
const core = (path) => import(pathToFileURL(join(engine, path)).href);
const models = new URL('../../models/index.js', import.meta.url).href;

const { staticModelFolder: folder } = await import(models);
const started = performance.now();
const { StaticModel } = await core('scoring/static/static-model.js');
const imported = performance.now();
const model = await StaticModel.load({ folder });
const read = performance.now();
model.embedText('An invoice asks for payment.');
const embedded = performance.now();
console.log(JSON.stringify([imported - started, read - imported, embedded - read]));
