import { modelFault } from '../files/model-fault.js';
import type { ModelConfig } from './model-config.js';

/** Which of a classifier's outputs means entailment. */
export interface EntailmentLabel {
  /** Index among the logits. */
  readonly entailment: number;
  /** Number of labels. */
  readonly labels: number;
}

/**
 * Finds the entailment label in a classifier's config, by `id2label` or, where that only counts, by `label2id`.
 * @param file of the config, for messages
 * @throws DocketError `model.incompatible` when there is none
 */
export function findEntailmentLabel({ id2label, label2id }: ModelConfig, file: string): EntailmentLabel {
  const named = [
    ...Object.entries(id2label).map(([index, label]) => ({ index: Number(index), label })),
    ...Object.entries(label2id).map(([label, index]) => ({ index, label })),
  ];
  const labels = new Set(named.map(({ index }) => index)).size;
  const found = named.find(({ label }) => label.trim().toLowerCase() === 'entailment');
  const isUsable = found && Number.isInteger(found.index) && found.index >= 0 && found.index < labels && labels >= 2;
  if (isUsable) return { entailment: found.index, labels };
  const names = [...new Set(named.map(({ label }) => label))].join(', ') || 'none';
  const message = `${file} tells of a classifier without an entailment label (its labels: ${names}), so it cannot be used for zero-shot; take a model trained for natural language inference, or name its labels in id2label`;
  throw modelFault({ fault: 'no_entailment', message, file });
}
