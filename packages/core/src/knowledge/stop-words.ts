import * as stopword from 'stopword';
import { foldWord } from '../pages/tokens.js';

/** Words of the commonest languages that mean nothing by themselves, folded, each once. */
export function foldedStopWords(): string[] {
  const { eng, deu, fra, spa, ita, nld, por, zho, jpn } = stopword;
  return [...new Set([eng, deu, fra, spa, ita, nld, por, zho, jpn].flat().map(foldWord))];
}
