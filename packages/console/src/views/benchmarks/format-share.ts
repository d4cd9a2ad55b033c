import { formatPercent } from '../../common/format.js';
import { language } from '../../i18n/language.js';

/** A share with one digit; a dash where nothing was measured. */
export function formatShare(share: number | null | undefined): string {
  return share === null || share === undefined ? '–' : formatPercent(share, language.value, 1);
}

/** A number with so many digits; a dash where nothing was measured. */
export function formatNumber(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined) return '–';
  return new Intl.NumberFormat(language.value, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    value,
  );
}
