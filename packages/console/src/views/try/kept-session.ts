import { effect } from '@preact/signals';
import { sessionKey } from '../../api/session-key.js';
import { announce } from '../../common/announce.js';
import { formatPercent } from '../../common/format.js';
import { readStored, store } from '../../common/storage.js';
import { language, words } from '../../i18n/language.js';
import { makeRuleList } from '../../rules/rule-list.js';
import { type KeptSession, parseKept } from './parse-kept.js';
import { scoreApi } from './score-api.js';
import { type Settled, TrySession } from './try-session.js';

const STORAGE_KEY = 'docket.try';

/** The session of this tab: it outlives a visit to another view, and the page being loaded anew. */
export const trySession = startSession();

function startSession() {
  const kept = parseKept(readStored('session', STORAGE_KEY));
  const session = new TrySession({
    api: scoreApi,
    rules: makeRuleList(kept.rules, kept.parsing, kept.rest),
    pageId: randomId(),
    onSettled: sayAnswers,
  });
  session.restore(kept.documents);
  let lastKey = sessionKey.peek();
  sessionKey.subscribe((key) => {
    // Not at once: what is restored is scored already.
    if (key !== undefined && key !== lastKey) session.scoreAll();
    lastKey = key;
  });
  effect(() => {
    const content: KeptSession = {
      rules: session.rules.drafts.value.map(({ type, description }) => ({ type, description })),
      parsing: session.rules.parsing.value,
      rest: session.rules.rest.value,
      documents: session.documents.value.flatMap(({ name, fileId }) =>
        fileId === undefined ? [] : [{ name, fileId }],
      ),
    };
    store('session', STORAGE_KEY, JSON.stringify(content));
  });
  return session;
}

/** One sentence for all that settled together. */
function sayAnswers(settled: readonly Settled[]): void {
  const text = words();
  const [only] = settled;
  if (!only) return;
  if (settled.length === 1) {
    const { name, state, result } = only.after;
    const confidence = formatPercent(result?.confidence ?? 0, language.value);
    const isScored = state === 'scored';
    announce(isScored ? text.try.announce(name, result?.type ?? text.noType, confidence) : text.try.failedOne(name));
    return;
  }
  const scored = settled.filter(({ after }) => after.state === 'scored').length;
  const changed = settled.filter(
    ({ before, after }) => before.result && before.result.type !== after.result?.type,
  ).length;
  announce(`${text.try.summary(scored, settled.length)}. ${text.try.changed(changed)}`);
}

/** Not `randomUUID`, which browsers lack on pages that came over plain HTTP from another machine. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
