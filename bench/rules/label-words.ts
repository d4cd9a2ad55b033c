/** Labels that are abbreviations or symbols, in words. Everything else is its own words. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ag_news: { 'Sci/Tech': 'science and technology' },
  reuters_r8: {
    acq: 'company acquisitions',
    crude: 'crude oil',
    earn: 'company earnings',
    interest: 'interest rates',
    'money-fx': 'money and foreign exchange',
    ship: 'shipping',
  },
  sms_spam: { ham: 'personal messages' },
};

/**
 * A label of a text set as words: `card_not_working` is `card not working`.
 * @param set name of the text set
 */
export function labelWords(set: string, label: string): string {
  const known = WORDS[set]?.[label];
  if (known) return known;
  return label.replace(/[_-]+/g, ' ').replace(/\?/g, '').trim().toLowerCase();
}
