/** A statement with numbered parameters, and the names that stand behind the numbers. */
export interface NumberedStatement {
  readonly text: string;
  readonly names: readonly string[];
}

const known = new Map<string, NumberedStatement>();

/** Numbers the parameters of a statement that names them: `@id` becomes `$1`. Nothing else in it may begin with `@`. */
export function numberParameters(sql: string): NumberedStatement {
  const before = known.get(sql);
  if (before !== undefined) return before;
  const names: string[] = [];
  const text = sql.replace(/@([a-zA-Z]\w*)/g, (_, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  const statement = { text, names };
  known.set(sql, statement);
  return statement;
}
