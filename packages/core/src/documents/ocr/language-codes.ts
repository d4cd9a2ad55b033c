/** Codes of tesseract by ISO 639-1, where tesseract has data: most are ISO 639-2/T. */
const CODES =
  'af:afr am:amh ar:ara as:asm az:aze be:bel bg:bul bn:ben bo:bod br:bre bs:bos ca:cat co:cos cs:ces cy:cym da:dan de:deu ' +
  'dv:div dz:dzo el:ell en:eng eo:epo es:spa et:est eu:eus fa:fas fi:fin fo:fao fr:fra fy:fry ga:gle gd:gla gl:glg gu:guj ' +
  'he:heb hi:hin hr:hrv ht:hat hu:hun hy:hye id:ind is:isl it:ita iu:iku ja:jpn jv:jav ka:kat kk:kaz km:khm kn:kan ko:kor ' +
  'ku:kmr ky:kir la:lat lb:ltz lo:lao lt:lit lv:lav mi:mri mk:mkd ml:mal mn:mon mr:mar ms:msa mt:mlt my:mya nb:nor ne:nep ' +
  'nl:nld nn:nor no:nor oc:oci or:ori pa:pan pl:pol ps:pus pt:por qu:que ro:ron ru:rus sa:san sd:snd si:sin sk:slk sl:slv ' +
  'sq:sqi sr:srp su:sun sv:swe sw:swa ta:tam te:tel tg:tgk th:tha ti:tir tl:tgl to:ton tr:tur tt:tat ug:uig uk:ukr ur:urd ' +
  'uz:uzb vi:vie yi:yid yo:yor zh:chi_sim';

const TESSERACT_CODES: ReadonlyMap<string, string> = new Map(
  CODES.split(' ').map((pair) => pair.split(':') as [string, string]),
);

/** Where several languages have the same code, it stands for the first; for Norwegian, for what both its kinds are called. */
const ISO_CODES: ReadonlyMap<string, string> = new Map([
  ...[...TESSERACT_CODES].reverse().map(([iso, code]) => [code, iso] as const),
  ['nor', 'no'],
  ['chi_tra', 'zh'],
]);

/** Chinese as it is written in Taiwan and Hong Kong. */
const TRADITIONAL = /^zh[-_](?:hant|tw|hk|mo)\b/i;

/** Tesseract's code of a language, or undefined when it has none. @param iso ISO 639-1, such as `de` or `pt-BR` */
export function tesseractCode(iso: string): string | undefined {
  if (TRADITIONAL.test(iso)) return 'chi_tra';
  return TESSERACT_CODES.get(iso.split(/[-_]/, 1)[0]?.toLowerCase() ?? '');
}

/** ISO 639-1 of a code of tesseract, or undefined when it has none. */
export function isoCode(code: string): string | undefined {
  return ISO_CODES.get(code);
}

/**
 * The codes that a caller's language stands for: one, or several with commas between them. None where nothing was named; the
 * API's default, `en`, counts as nothing.
 */
export function namedLanguages(lang: string | null | undefined): readonly string[] {
  const named = (lang ?? '').split(',').map((one) => one.trim());
  const codes = named.filter((one) => one !== '');
  return codes.length === 1 && /^en$/i.test(codes[0] ?? '') ? [] : codes;
}
