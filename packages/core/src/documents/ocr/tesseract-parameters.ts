/** `tessedit_pageseg_mode`: `PSM_AUTO` and `PSM_SINGLE_BLOCK`. */
export const LAYOUT_MODES = { page: '3', block: '6' } as const;

/** Set for a page of usual size, or tesseract guesses it each time. */
export const DOTS_PER_INCH = '200';
