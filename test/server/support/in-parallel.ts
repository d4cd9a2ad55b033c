/** Does something for each number from 0 up to `count`, so many at once. @returns What came of each, in order */
export async function inParallel<Result>(
  { count, width }: { readonly count: number; readonly width: number },
  action: (number: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const work = async () => {
    for (let number = next++; number < count; number = next++) results[number] = await action(number);
  };
  await Promise.all(Array.from({ length: width }, work));
  return results;
}
