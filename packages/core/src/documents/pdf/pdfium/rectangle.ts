/** A rectangle as PDFium writes it: four floats. In the coordinates of a page, in which y goes up. */
export type Rectangle = Float32Array;

/** Where the numbers of a {@link Rectangle} stand. */
export const LEFT = 0;
export const TOP = 1;
export const RIGHT = 2;
export const BOTTOM = 3;

export const RECTANGLE_NUMBERS = 4;
export const RECTANGLE_BYTES = RECTANGLE_NUMBERS * Float32Array.BYTES_PER_ELEMENT;
