import {
  type Configuration,
  DocketError,
  databaseAddressOf,
  engineOptionsOf,
  loadEngine,
  ModelRegistry,
  modelsFolder,
} from '@docket/core';
import type { Shell } from '../shell.js';
import { docketVersion } from '../version.js';
import { check, type Finding } from './check.js';
import { checkHome } from './check-home.js';
import { describeOcr } from './describe-ocr.js';
import { describeTransformers } from './describe-transformers.js';
import { selfTest } from './self-test.js';
import { describeMachine, describeNode, versionOfCoreDependency } from './versions.js';

/** Looks at everything that Docket needs, one thing after the other. */
export async function* examine({ values }: Configuration, shell: Shell): AsyncGenerator<Finding> {
  yield check('docket', docketVersion);
  yield check('node', describeNode);
  yield check('machine', describeMachine);
  yield check('pdfjs-dist', () => versionOfCoreDependency('pdfjs-dist'));
  yield check('pdfium', () => versionOfCoreDependency('@hyzyla/pdfium'));
  yield check('home', () => checkHome(values.home));
  if (values.database !== '' || values.databaseFile !== '') {
    yield check('database', () => describeDatabase(values, shell));
  }
  yield check('knowledge', () => describeKnowledge(values.knowledge));
  yield check(
    'static model',
    async () => (await loadEngine({ scorer: 'static', knowledge: values.knowledge })).identity,
  );
  yield check('models', () => describeModels(values));
  yield check('transformers', () => describeTransformers());
  yield check('ocr', () => describeOcr(values, shell));
  yield check('scorer', () => describeScorer(values));
  yield check('self-test', () => selfTest(values, shell));
}

async function describeDatabase(values: Configuration['values'], { env }: Shell): Promise<string> {
  const address = await databaseAddressOf(values);
  const { describeSharedStore } = await import('@docket/store');
  const { address: shown, version } = await describeSharedStore(address ?? '', env);
  return `PostgreSQL ${version} at ${shown}`;
}

async function describeKnowledge(folder: string): Promise<string> {
  const { knowledge } = await loadEngine({ scorer: 'evidence', knowledge: folder });
  const { types, languages, identity } = knowledge;
  const inLanguages = languages.length > 0 ? ` in ${languages.join(' ')}` : '';
  return `${types.length} document types${inLanguages}, ${identity}`;
}

/** @throws DocketError the first model that is broken */
async function describeModels({ home }: Configuration['values']): Promise<string> {
  const { models, broken } = await new ModelRegistry({ folder: modelsFolder(home) }).list();
  const [first] = broken;
  if (first) {
    const { name, error } = first;
    const mend = `docket models import PATH --name ${name} --replace, or docket models remove ${name}`;
    const more = broken.length > 1 ? `; ${broken.length - 1} more broken: docket models list` : '';
    throw new DocketError(error.code, `${error.message}: ${mend}${more}`);
  }
  if (models.length === 0) return 'none installed, none needed; docket models list --catalogue';
  return models.map(({ name, manifest }) => `${name} (${manifest.tasks.join(', ')})`).join(', ');
}

async function describeScorer(values: Configuration['values']): Promise<string> {
  const { identity, isFitted } = await loadEngine(engineOptionsOf(values));
  return isFitted ? identity : `${identity}; fusion not fitted: the weights are not those of this model`;
}
