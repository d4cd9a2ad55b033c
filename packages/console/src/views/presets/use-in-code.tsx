import { useState } from 'preact/hooks';
import { serverAddress } from '../../api/fetch-here.js';
import { sessionKey } from '../../api/session-key.js';
import { confirmDone } from '../../common/announce.js';
import { Button } from '../../common/button.js';
import { words } from '../../i18n/language.js';
import { CODE_LANGUAGES, type CodeLanguage, writeCode } from './code-samples.js';

/** How a program uses a preset of this server. */
export function UseInCode({ presetId }: { readonly presetId: string }) {
  const { presets: text, copy, copied, errors } = words();
  const [language, setLanguage] = useState<CodeLanguage>('TypeScript');
  const code = writeCode(language, {
    baseUrl: serverAddress().href.replace(/\/$/, ''),
    presetId,
    isKeyWanted: sessionKey.value !== undefined,
  });
  const copyCode = async () => {
    const isCopied = await navigator.clipboard.writeText(code).then(
      () => true,
      () => false,
    );
    confirmDone(isCopied ? copied : errors.title);
  };
  return (
    <section class="code" aria-labelledby="code-title">
      <div class="code-head">
        <h2 id="code-title">{text.code}</h2>
        <div class="segmented">
          {CODE_LANGUAGES.map((one) => (
            <button key={one} type="button" aria-pressed={one === language} onClick={() => setLanguage(one)}>
              {one}
            </button>
          ))}
        </div>
        {/* Browsers let pages that came over plain HTTP from another machine not copy. */}
        {globalThis.navigator?.clipboard && <Button icon="copy" label={copy} onClick={() => void copyCode()} />}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <pre tabIndex={0}>
        <code>{code}</code>
      </pre>
      <p class="muted">{text.codeHint}</p>
    </section>
  );
}
