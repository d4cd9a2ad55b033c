/** Document types as people write them: one YAML file each, `languages/` and `samples/`. */
export declare const doctypesFolder: string;
/** The same, compiled into one file by the build. */
export declare const compiledKnowledgeFile: string;
export declare const packedKnowledgeFile: string;
/** The built-in static embedding, Model2Vec layout. */
export declare const staticModelFolder: string;
/** What was fitted on labelled documents: weights, floor, margin, confidence. */
export declare const calibrationFile: string;
/** Models that can be pulled by name. */
export declare const catalogueFile: string;
