/** One plain line for each label, written from what the word means, before any text of the set was scored. */
export const PLAIN_DESCRIPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ag_news: {
    Business: 'News about business: companies, markets, shares, banks, trade and the economy.',
    'Sci/Tech': 'News about science and technology: computers, software, the internet, research and space.',
    Sports: 'News about sports: games, matches, players, teams, coaches and championships.',
    World: 'News about world affairs: governments, elections, diplomacy, war and attacks in other countries.',
  },
};
