/** What a check found. */
export interface Finding {
  readonly subject: string;
  readonly isOk: boolean;
  readonly detail: string;
}

/** Runs a check; what it throws is what is wrong. */
export async function check(subject: string, find: () => Promise<string> | string): Promise<Finding> {
  try {
    return { subject, isOk: true, detail: await find() };
  } catch (error) {
    return { subject, isOk: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
