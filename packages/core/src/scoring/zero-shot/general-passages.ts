/**
 * Short texts of no particular document: what a hypothesis is worth is what it gains over these, for some sentences are
 * entailed by anything.
 */
export const GENERAL_PASSAGES: readonly string[] = [
  'The old harbour lies to the north of the town. In winter only a few boats go out, and most of the sheds are locked until spring.',
  'Water boils at a lower temperature in the mountains, because the pressure of the air falls with height. That is why rice takes longer there.',
  'She put the keys on the table, looked out of the window and said that it would rain before the evening. Nobody answered.',
  'The figures for the first half are given below. Where a value was not known, the mean of its neighbours was taken instead.',
];
