import { DocketError } from '../errors.js';
import { DOCUMENT_FORMATS } from './document-reader.js';

/** What to do with a file that is not read, by its usual extension. */
const ADVICE: readonly (readonly [extensions: string, advice: string])[] = [
  ['odt ott pages wpd', 'save it as DOCX or PDF'],
  ['ods ots numbers', 'save it as XLSX or CSV'],
  ['odp otp key odg', 'save it as PPTX or PDF'],
  ['epub mobi djvu xps ps eps chm', 'convert it to PDF with a text layer'],
  ['doc dot xls xlt ppt pps msg cfb', 'save it as DOCX, XLSX, PPTX or EML'],
  ['zip gz tar bz2 xz 7z rar zst lz z cab', 'unpack it and give the files that are in it'],
  [
    'heic heif heics avif',
    'convert it to JPEG or PNG: phones can be told to take photos as JPEG, and photo programs export it',
  ],
  ['jp2 jpx jxl psd ico svg jxr cr2 dng nef', 'convert it to PNG, JPEG or PDF'],
  ['mp3 mp4 mov wav ogg flac avi mkv webm m4a', 'give what is said in it as text'],
];

const ADVICE_BY_EXTENSION: ReadonlyMap<string, string> = new Map(
  ADVICE.flatMap(([extensions, advice]) => extensions.split(' ').map((extension) => [extension, advice] as const)),
);

/**
 * The error for a file of a kind that Docket does not read.
 * @param what what it is
 * @param extensions what such files are called, without dots: the first that something is known of says what to do
 */
export function unsupportedType(what: string, ...extensions: readonly string[]): DocketError {
  const supported = DOCUMENT_FORMATS.map((format) => format.toUpperCase()).join(', ');
  const advice = extensions.map((extension) => ADVICE_BY_EXTENSION.get(extension)).find((found) => found !== undefined);
  const message = `this is ${what}; Docket reads ${supported}${advice === undefined ? '' : `: ${advice}`}`;
  return new DocketError('document.unsupported_type', message, { data: { what } });
}
