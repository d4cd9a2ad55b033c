import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { answerOf, onlyClassified, parseLines } from '../support/outcome.js';
import { runDocket } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** A document type that Docket does not bring, a paper of that type, and rules of which one asks for it by name. */
const folder = temporaryFolder({
  'types/lab_safety_induction_checklist.yaml': `
id: lab_safety_induction_checklist
name: lab safety induction checklist
aliases: [laboratory induction form]
broader: [checklist]
description: What a newcomer to a laboratory is shown before working there, ticked off and signed.
strong: [inductee, eyewash station, fume cupboard, spill kit, lone working, cryogen handling]
weak: [laboratory, supervisor, gloves, emergency exit]
negative: [amount due, dear sir]
layout:
  - { feature: words_per_page, max: 600, weight: weak }
`,
  'paper.txt': `Polymer Group, room 2.14
For new staff and visitors

Inductee: ______________     Supervisor: ______________

[ ] Eyewash station and shower shown
[ ] Fume cupboard alarms explained, airflow tested
[ ] Spill kit: where it hangs and what is in it
[ ] Lone working forbidden after 19:00
[ ] Cryogen handling: gloves, visor, oxygen monitor
[ ] Emergency exit and assembly point shown
`,
  'rules.yaml': `
- type: newcomers
  description: The lab safety induction checklist that everybody signs on the first day.
- type: invoice
  description: A bill for goods or services with the total due.
- type: letter
  description: A letter on paper with a salutation and a closing.
`,
});
const rules = ['--rules', join(folder, 'rules.yaml'), '--format', 'jsonl'];
const types = join(folder, 'types');
const classifyPaper = (...flags: string[]) => runDocket(['classify', join(folder, 'paper.txt'), ...rules, ...flags]);

describe('a document type of the user', () => {
  type Answer = ReturnType<typeof onlyClassified>;
  let answers: { readonly without: Answer; readonly withIt: Answer };

  beforeAll(async () => {
    const [without, withIt] = await Promise.all([classifyPaper(), classifyPaper('--knowledge', types)]);
    answers = { without: onlyClassified(without.stdout), withIt: onlyClassified(withIt.stdout) };
  }, 60_000);

  test('is used by a rule that names it, and shown in the reasoning', () => {
    const { without, withIt } = answers;
    expect(without.reasoning).not.toContain('lab safety induction checklist');
    expect(withIt.type).toBe('newcomers');
    expect(withIt.reasoning).toMatch(/"(Inductee|Eyewash station)".*which mark a lab safety induction checklist/);
    expect(withIt.confidence).toBeGreaterThan(without.ranking[0]?.confidence ?? 1);
  });

  test('changes the identity of the scorer', () => {
    expect(answers.withIt.scorer).not.toBe(answers.without.scorer);
  });

  test('comes to the built-in ones, which still work', async () => {
    const argv = ['classify', 'documents/invoice-zh.pdf', ...rules, '--knowledge', types];
    expect(onlyClassified((await runDocket(argv)).stdout).type).toBe('invoice');
  });

  test('is listed, and can be shown', async () => {
    const env = { DOCKET_KNOWLEDGE: types };
    const list = await runDocket(['doctypes'], { env });
    expect(list.stdout).toMatch(/^lab_safety_induction_checklist +lab safety induction checklist/m);
    const shown = await runDocket(['doctypes', 'show', 'lab_safety_induction_checklist', '--knowledge', types]);
    expect(shown).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/fume cupboard/) });
  });
});

describe('--knowledge none', () => {
  test("works by the rules' own words, and says so", async () => {
    const argv = ['classify', 'documents/invoice-1p.pdf', '--rules', 'rules.yaml', '--format', 'jsonl'];
    const { exitCode, stdout } = await runDocket([...argv, '--knowledge', 'none']);
    expect(exitCode).toBe(0);
    const { type, reasoning, scorer } = onlyClassified(stdout);
    expect(type).toBe('invoice');
    expect(reasoning).toMatch(/which the rule asks for/);
    expect(reasoning).not.toMatch(/which marks? /);
    expect(scorer).toContain('none');
  });

  test('cannot tell what a rule in another language means', async () => {
    const argv = ['classify', 'documents/invoice-zh.pdf', '--rules', 'rules.yaml', '--format', 'jsonl'];
    const [bare, full] = await Promise.all([runDocket([...argv, '--knowledge', 'none']), runDocket(argv)]);
    const confidenceOf = (stdout: string) => onlyClassified(stdout).ranking.find(({ type }) => type === 'invoice');
    expect(confidenceOf(bare.stdout)?.confidence).toBeLessThan(confidenceOf(full.stdout)?.confidence ?? 0);
  });
});

test.each(['evidence', 'static'])('the scorer %s works alone and is named', async (scorer) => {
  const paths = ['documents/invoice-1p.pdf', 'documents/recipe.html', 'documents/resume.docx'];
  const argv = ['classify', ...paths, '--rules', 'rules.yaml', '--format', 'jsonl', '--scorer', scorer];
  const { exitCode, stdout } = await runDocket(argv);
  expect(exitCode).toBe(0);
  const records = parseLines(stdout);
  expect(records.map(answerOf)).toEqual([{ type: 'invoice' }, { type: 'recipe' }, { type: 'resume' }]);
  for (const record of records) expect(record).toMatchObject({ scorer: expect.stringMatching(`^${scorer} `) });
});
