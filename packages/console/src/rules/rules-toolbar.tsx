import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { confirmDone } from '../common/announce.js';
import { Button } from '../common/button.js';
import { downloadText } from '../common/download-text.js';
import { FileButton } from '../common/file-button.js';
import type { Catalogue } from '../i18n/catalogue.js';
import { words } from '../i18n/language.js';
import type { RuleList } from './rule-list.js';
import { parseRuleText, RuleTextError, writeRuleText } from './rule-text.js';
import { RulesNotice } from './rules-notice.js';

const MEDIA_TYPES = { yaml: 'application/yaml', json: 'application/json' } as const;

/** Reads rules from files and writes them to files; more buttons stand behind these. */
export function RulesToolbar({ list, children }: { readonly list: RuleList; readonly children?: ComponentChildren }) {
  const { rules: text } = words();
  const [problem, setProblem] = useState<string>();
  const importFile = async (file: File | undefined) => {
    if (!file) return;
    try {
      const { rules, parsing, rest } = await parseRuleText(await file.text());
      list.replace(rules, parsing, rest);
      setProblem(undefined);
      confirmDone(text.imported(rules.length));
    } catch (error) {
      setProblem(`${text.importFailed}: ${describeProblem(error, text)}`);
    }
  };
  const exportAs = async (format: 'yaml' | 'json') => {
    const content = { rules: list.drafts.value, parsing: list.parsing.value, rest: list.rest.value };
    try {
      downloadText(await writeRuleText(content, format), `rules.${format}`, MEDIA_TYPES[format]);
      setProblem(undefined);
    } catch (error) {
      setProblem(describeProblem(error, text));
    }
  };
  return (
    <>
      <div class="toolbar">
        <FileButton accept=".yaml,.yml,.json" onFiles={([file]) => void importFile(file)}>
          {text.import}
        </FileButton>
        {(['yaml', 'json'] as const).map((format) => (
          <Button
            key={format}
            icon="download"
            label={text.exportAs(format.toUpperCase())}
            disabled={list.drafts.value.length === 0}
            onClick={() => void exportAs(format)}
          >
            {format.toUpperCase()}
          </Button>
        ))}
        {children}
      </div>
      {problem !== undefined && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      <RulesNotice list={list} />
    </>
  );
}

function describeProblem(error: unknown, text: Catalogue['rules']): string {
  if (!(error instanceof RuleTextError)) return String(error);
  const { problem } = error;
  if (problem.kind === 'syntax') return problem.message;
  if (problem.kind === 'not_a_list') return text.notAList;
  if (problem.kind === 'parsing') return text.badParsing;
  if (problem.kind === 'library') return text.noYaml;
  return text.notARule(problem.entry);
}
