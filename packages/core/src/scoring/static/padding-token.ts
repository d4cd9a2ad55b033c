/** Whether a token fills up batches: no text means it. */
export function isPadding(content: string): boolean {
  return content === '[PAD]' || content === '<pad>';
}
