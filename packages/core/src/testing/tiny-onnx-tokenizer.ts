const SPECIAL_TOKENS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz0123456789'];

const PUNCTUATION = [...'.,:;!?-_/()&%$#@+*="\''];

const STOP_WORDS =
  'a about all an and any are as at be by can do document documents does for from has have if in is it its ' +
  'may no not of on or other our page per text that the their them these this to was we were which will with you your';

const WORDS =
  'account address agreement amount annual application article attendee auditor balance bank benefit bill board boarding book ' +
  'budget business buyer cash certificate claim clause client clinical company complaint conclusion confidential contract ' +
  'court cover curriculum customer date decision declaration delivery deposit diagnosis discharge discount dosage ' +
  'due education email employee employer employment energy engine event exam exhibit expense experience fee ' +
  'figure final finance financial flight form game goods health hospital hotel income insurance interest ' +
  'inventory invoice issue item job journal judge labour landlord lease legal letter licence list loan manual market ' +
  'medical meeting memo menu message method minute minutes money monthly mortgage motion notary notice number offer ' +
  'office order paper parcel parties passenger passport patent patient pay payable payment payroll payslip phone plan ' +
  'player policy premium prescription price privacy product profile project property proposal purchase quantity question quote ' +
  'rate receipt recipe reference refund rent report request research resume result return review safety salary sale ' +
  'schedule school science seller service share shipping signature software sports statement stock student subject ' +
  'summary supplier survey task tax team tenant term ticket title total trade train transaction transfer travel trial ' +
  'utility vendor visa vote wage warranty water weather work world';

/** The pieces that the tiny models know, by their number: special ones, letters, signs, words, and ends of words. */
export const TINY_VOCABULARY: readonly string[] = [
  ...SPECIAL_TOKENS,
  ...LETTERS,
  ...LETTERS.map((letter) => `##${letter}`),
  ...PUNCTUATION,
  ...STOP_WORDS.split(' ').filter((word) => word.length > 1),
  ...WORDS.split(' '),
];

/** Whether a piece is a word that means something: neither special, nor a stop word, nor a single sign. */
export function isContentPiece(piece: string): boolean {
  return contentPieces.has(piece);
}

const contentPieces = new Set(WORDS.split(' '));

/** What `tokenizer.json` holds: a WordPiece tokenizer as BERT has it, lower case, with `[CLS]` and `[SEP]`. */
export function tinyTokenizer(): object {
  const special = (content: string) => ({ SpecialToken: { id: content, type_id: 0 } });
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  const first = [special('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, special('[SEP]')];
  const second = [{ Sequence: { id: 'B', type_id: 1 } }, { SpecialToken: { id: '[SEP]', type_id: 1 } }];
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: SPECIAL_TOKENS.map((content, id) => ({ id, content, ...flags })),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: first,
      pair: [...first, ...second],
      special_tokens: Object.fromEntries(
        SPECIAL_TOKENS.map((content, id) => [content, { id: content, ids: [id], tokens: [content] }]),
      ),
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(TINY_VOCABULARY.map((piece, id) => [piece, id])),
    },
  };
}

/** What `tokenizer_config.json` holds. */
export function tinyTokenizerConfig(maxTokens: number): object {
  return {
    tokenizer_class: 'BertTokenizer',
    do_lower_case: true,
    model_max_length: maxTokens,
    pad_token: '[PAD]',
    unk_token: '[UNK]',
    cls_token: '[CLS]',
    sep_token: '[SEP]',
    mask_token: '[MASK]',
  };
}
