import { describe, expect, it } from 'vitest';
import { makeKnowledge } from '../../testing/make-knowledge.js';
import { loadBuiltInStatic } from './built-in.js';
import { StaticMeaning } from './static-meaning.js';

describe('StaticMeaning', () => {
  it('finds the document type that a description means, whatever the label is', async () => {
    const { encoder, background } = await loadBuiltInStatic();
    const knowledge = makeKnowledge({
      types: [
        { id: 'recipe', name: 'recipe', description: 'Ingredients and steps to cook a dish' },
        { id: 'invoice', name: 'invoice', description: 'A request for payment with amounts due' },
      ],
    });
    const meaning = new StaticMeaning(encoder, background, knowledge);
    const [recipe = 0, invoice = 0] = meaning.typeSimilarities({ type: 'K7', description: 'How to bake a cake' });
    expect(recipe).toBeGreaterThan(invoice);
  });
});
