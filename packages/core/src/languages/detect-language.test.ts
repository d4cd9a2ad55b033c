import { describe, expect, it } from 'vitest';
import { textPage } from '../testing/make-record.js';
import { detectLanguage } from './detect-language.js';

const TEXTS: Readonly<Record<string, string>> = {
  en: 'The tenant shall pay the rent on the first day of each month and keep the house in good repair.',
  de: 'Der Mieter verpflichtet sich, die Wohnung pfleglich zu behandeln und die Miete zu zahlen.',
  fr: 'Le locataire s’engage à payer le loyer et à entretenir le logement pendant la durée du bail.',
  es: 'El arrendatario se compromete a pagar la renta y a mantener la vivienda en buen estado.',
  it: 'Il conduttore si impegna a pagare il canone e a mantenere l’appartamento in buono stato.',
  nl: 'De huurder verplicht zich de huur te betalen en de woning in goede staat te houden.',
  pt: 'O inquilino compromete-se a pagar a renda e a manter a habitação em bom estado de conservação.',
  zh: '承租人应当按照合同约定支付租金，并保持房屋完好。',
  ja: '賃借人は契約に従って賃料を支払うものとします。',
  ko: '임차인은 계약에 따라 임대료를 지불해야 합니다.',
  th: 'ผู้เช่าต้องชำระค่าเช่าตามสัญญา',
};

const detect = async (text: string | readonly string[], hint?: string) => {
  const pages = typeof text === 'string' ? [textPage(text)] : text.map((one, index) => textPage(one, index + 1));
  return detectLanguage(pages, hint);
};

describe('detectLanguage', () => {
  it.each(Object.entries(TEXTS))('knows %s', async (code, text) => {
    expect((await detect(text)).code).toBe(code);
  });

  it.each(Object.entries(TEXTS))('is not misled by a wrong hint: %s', async (code, text) => {
    for (const hint of ['en', 'de', 'zh']) expect((await detect(text, hint)).code, hint).toBe(code);
  });

  it.each(['', '12 34 56', 'Total 42', '...'])('does not know the language of %j', async (text) => {
    expect(await detect(text)).toEqual({ code: 'und', source: 'none' });
  });

  it('takes the hint where the text says nothing', async () => {
    expect(await detect('Total 42', 'de')).toEqual({ code: 'de', source: 'hint' });
  });

  it('knows Chinese from a few characters', async () => {
    expect((await detect('发票号码')).code).toBe('zh');
  });

  it('does not take a Chinese invoice with many Latin words and figures for English', async () => {
    expect((await detect('发票号码 INV-2024 日期 2024-03-01 购买方名称 ACME Ltd 合计金额 1200.00')).code).toBe('zh');
  });

  it('takes Japanese with many Chinese characters for Japanese', async () => {
    expect((await detect('ご請求書 発行日 株式会社山田商事 ご請求金額 お支払いの期限')).code).toBe('ja');
  });

  it('is not decided by a foreign cover page', async () => {
    const { de, en } = TEXTS as { de: string; en: string };
    expect((await detect([en, ...Array(5).fill(de.repeat(20))])).code).toBe('de');
  });

  it('gives the same answer each time', async () => {
    const text = TEXTS['nl'] as string;
    expect(await detect(text)).toEqual(await detect(text));
  });
});
