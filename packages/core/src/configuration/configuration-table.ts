import { environmentName, SETTINGS, type SettingKey } from './settings.js';

/** The table of all settings, as `docs/configuration.md` shows it. */
export function configurationTable(): string {
  const rows = (Object.keys(SETTINGS) as SettingKey[]).map((key) => {
    const { fallback, description } = SETTINGS[key];
    const standard = key === 'home' ? '~/.docket' : String(fallback());
    return `| \`${key}\` | \`${environmentName(key)}\` | ${standard === '' ? '(empty)' : `\`${standard}\``} | ${description} |`;
  });
  return ['| setting | environment | default | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
