import { type Configuration, DocketError, loadEngine, SCORER_NAMES } from '@docket/core';
import type { Shell } from '../shell.js';
import { docketVersion } from '../version.js';
import { check, type Finding } from './check.js';
import { checkHome } from './check-home.js';
import { selfTest } from './self-test.js';
import { describeMachine, describeNode, versionOfCoreDependency } from './versions.js';

/** Looks at everything that Docket needs, one thing after the other. */
export async function* examine({ values }: Configuration, shell: Shell): AsyncGenerator<Finding> {
  yield check('docket', docketVersion);
  yield check('node', describeNode);
  yield check('machine', describeMachine);
  yield check('pdfjs-dist', () => versionOfCoreDependency('pdfjs-dist'));
  yield check('home', () => checkHome(values.home));
  yield check('knowledge', () => describeKnowledge(values.knowledge));
  yield check(
    'static model',
    async () => (await loadEngine({ scorer: 'static', knowledge: values.knowledge })).identity,
  );
  yield check('scorers', () => describeScorers(values));
  yield check('self-test', () => selfTest(values, shell));
}

async function describeKnowledge(folder: string): Promise<string> {
  const { knowledge } = await loadEngine({ scorer: 'evidence', knowledge: folder });
  const { types, languages, identity } = knowledge;
  const inLanguages = languages.length > 0 ? ` in ${languages.join(' ')}` : '';
  return `${types.length} document types${inLanguages}, ${identity}`;
}

async function describeScorers({ scorer: configured, knowledge }: Configuration['values']): Promise<string> {
  const available: string[] = [];
  const missing: string[] = [];
  for (const scorer of SCORER_NAMES) {
    try {
      await loadEngine({ scorer, knowledge });
      available.push(scorer);
    } catch (error) {
      // The one that is asked for must be there; the others may.
      const isAbsent = error instanceof DocketError && error.code === 'model.not_installed';
      if (!isAbsent || scorer === configured) throw error;
      missing.push(scorer);
    }
  }
  const absent = missing.length > 0 ? `; not installed: ${missing.join(', ')}` : '';
  return `${available.join(', ')}${absent}; in use: ${configured}`;
}
