/** The file that holds what V8 made of a program, for this very Node. @param program Path of the program, or of what stands for it */
export function codeCacheFile(program: string): string {
  return `${program}.${process.version}-${process.arch}.cache`;
}
