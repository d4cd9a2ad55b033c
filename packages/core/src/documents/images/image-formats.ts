/** Formats that are pictures: their text is read by OCR alone. */
export const IMAGE_FORMATS = ['png', 'jpeg', 'tiff', 'webp', 'gif', 'bmp'] as const;

/** One of {@link IMAGE_FORMATS}. */
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** Whether a format is a picture. */
export function isImageFormat(format: string): format is ImageFormat {
  return (IMAGE_FORMATS as readonly string[]).includes(format);
}
