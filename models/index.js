import { fileURLToPath } from 'node:url';

const folder = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Document types as people write them: one YAML file each, `languages/` and `samples/`. */
export const doctypesFolder = folder('./doctypes');
/** The same, compiled into one file by the build. */
export const compiledKnowledgeFile = folder('./compiled/doctypes.json');
/** The same, ready to score with. */
export const packedKnowledgeFile = folder('./compiled/doctypes.bin');
/** The built-in static embedding, Model2Vec layout. */
export const staticModelFolder = folder('./static-en');
/** What was fitted on labelled documents: weights, floor, margin, confidence. */
export const calibrationFile = folder('./calibration.json');
/** Models that can be pulled by name. */
export const catalogueFile = folder('./catalogue.yaml');
