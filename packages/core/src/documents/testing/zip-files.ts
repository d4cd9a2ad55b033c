import { strToU8, zipSync } from 'fflate';

/** Zips parts of text under their names. */
export function zipFiles(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const entries = Object.entries(files).map(([name, content]): [string, Uint8Array] => [
    name,
    typeof content === 'string' ? strToU8(content) : content,
  ]);
  return zipSync(Object.fromEntries(entries));
}

/** The relations of a part; a target that begins with `http` is external. */
export function relationshipsXml(
  relationships: Readonly<Record<string, readonly [type: string, target: string]>>,
): string {
  const entries = Object.entries(relationships).map(([id, [type, target]]) => {
    const mode = target.startsWith('http') ? ' TargetMode="External"' : '';
    return `<Relationship Id="${id}" Type="http://x/relationships/${type}" Target="${target}"${mode}/>`;
  });
  return `<?xml version="1.0"?><Relationships>${entries.join('')}</Relationships>`;
}

/** The properties of a document that has a title. */
export function corePropertiesXml(title: string): string {
  return `<cp:coreProperties><dc:creator>A</dc:creator><dc:title>${title}</dc:title></cp:coreProperties>`;
}
