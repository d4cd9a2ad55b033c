import { ModelRegistry } from '../model-registry.js';

/** Imports a model again and again, telling its parent when it is ready, until it is killed. */
const [folder = '', ...sources] = process.argv.slice(2);
const registry = new ModelRegistry({ folder });
process.send?.('ready');
for (let turn = 0; ; turn++) {
  await registry.import(sources[turn % sources.length] ?? '', { name: 'made', replace: true });
}
