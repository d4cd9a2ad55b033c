import { useEffect, useRef } from 'preact/hooks';
import { sessionKey, setSessionKey } from '../api/session-key.js';
import { Button } from '../common/button.js';
import { CATALOGUES, chooseLanguage, type Language, language, words } from '../i18n/language.js';
import iconUrl from '../icon.svg';
import { hrefOf, route, VIEWS } from './route.js';

/** The top of the page: where one can go, and what holds for all of it. */
export function Navigation() {
  const text = words();
  const { view } = route.value;
  const views = useRef<HTMLElement>(null);
  // Where the page is narrow, they may be more than can be seen.
  useEffect(() => {
    const bar = views.current;
    const current = bar?.querySelector('[aria-current]');
    if (!bar || !current) return;
    const [place, around] = [current.getBoundingClientRect(), bar.getBoundingClientRect()];
    // Not `scrollIntoView`: the next Tab would go on from there.
    bar.scrollLeft += place.left - around.left - (around.width - place.width) / 2;
  }, [view]);
  return (
    <header class="top">
      <a class="brand" href={hrefOf('try')}>
        <img src={iconUrl} alt="" width="22" height="22" />
        Docket
      </a>
      <nav class="views" ref={views} aria-label={text.navigation.label}>
        {VIEWS.map((one) => (
          <a key={one} href={hrefOf(one)} aria-current={one === view ? 'page' : undefined}>
            {text.navigation[one]}
          </a>
        ))}
      </nav>
      <div class="top-end">
        {sessionKey.value !== undefined && (
          <Button kind="quiet" onClick={() => setSessionKey(undefined)}>
            {text.key.forget}
          </Button>
        )}
        <a class="top-link" href="./docs">
          {text.navigation.api}
        </a>
        <select
          class="language"
          aria-label={text.navigation.chooseLanguage}
          value={language.value}
          onChange={(event) => chooseLanguage(event.currentTarget.value as Language)}
        >
          {Object.entries(CATALOGUES).map(([code, catalogue]) => (
            <option key={code} value={code} lang={code}>
              {catalogue.language}
            </option>
          ))}
        </select>
      </div>
    </header>
  );
}
