const FOR_PEOPLE = /\.md$|(?:^|\/)(?:licen[cs]e|notice|copying|copyright)[^/]*$/i;

/** Whether a file of a model is a text for people, such as its card or licence: no program reads what it says. */
export function isForPeople(path: string): boolean {
  return FOR_PEOPLE.test(path);
}
