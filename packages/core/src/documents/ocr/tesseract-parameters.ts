import type { PSM } from 'tesseract.js';

/** Finds columns and blocks by itself (`PSM_AUTO`); tesseract.js would take a page for one block. */
export const PAGE_LAYOUT_MODE = '3';

/** The same as tesseract.js takes it. The resolution is set for a page of usual size, or tesseract guesses it each time. */
export const PAGE_LAYOUT = {
  tessedit_pageseg_mode: PAGE_LAYOUT_MODE as PSM,
  user_defined_dpi: '200',
};
