import { formatPercent } from '../common/format.js';
import { language, words } from '../i18n/language.js';

/** A confidence as a bar. */
export interface ConfidenceBarProperties {
  /** Null: no type. */
  readonly type: string | null;
  readonly confidence: number;
  /** What a type needs, as a mark on the bar. */
  readonly floor?: number;
  readonly kind?: 'answer' | 'other' | 'rejected';
}

/** A confidence, as a bar and as a number. */
export function ConfidenceBar({ type, confidence, floor, kind = 'answer' }: ConfidenceBarProperties) {
  const { result, noType } = words();
  const shown = formatPercent(confidence, language.value);
  return (
    <span class={`confidence confidence-${kind}`}>
      {/* biome-ignore lint/a11y/useSemanticElements: <meter> takes no mark of a floor */}
      <span
        class="confidence-track"
        role="meter"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(confidence * 100)}
        aria-valuetext={shown}
        aria-label={result.confidenceOf(type ?? noType, shown)}
      >
        <span class="confidence-fill" style={{ width: `${confidence * 100}%` }} />
        {floor !== undefined && <span class="confidence-floor" style={{ left: `${floor * 100}%` }} />}
      </span>
      <span class="confidence-value" aria-hidden="true">
        {shown}
      </span>
    </span>
  );
}
