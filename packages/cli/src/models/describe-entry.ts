import type { CatalogueEntry } from '@docket/core';
import { printable } from '../terminal/text.js';

/** A model of the catalogue that is not installed, for people. */
export function describeEntry(entry: CatalogueEntry): string {
  const { name, repository, tasks, sizeMb, languages, licence, hashes, chooseWhen } = entry;
  const facts = [
    ['tasks', tasks.join(' ')],
    ['size', `about ${sizeMb} MB`],
    ['languages', languages.join(' ')],
    ['licence', licence],
    ['repository', repository],
    ['hashes', hashes === 'listed' ? 'listed in the catalogue' : 'not known here; the first pull records them'],
    ['choose when', chooseWhen],
  ];
  const lines = facts.map(([subject = '', text = '']) => `${subject.padEnd(11)}  ${printable(text)}\n`).join('');
  return `${name}: not installed; bring it with docket models pull ${name}, or docket models import PATH\n${lines}`;
}
