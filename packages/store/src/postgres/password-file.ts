import pgpass from 'pgpass';

/** Looks a password up in libpq's password file: `PGPASSFILE`, or `.pgpass` in the home folder. Empty when there is none. */
export function lookUpPassword(connection: unknown): Promise<string> {
  return new Promise((resolve) => {
    pgpass(connection as Parameters<typeof pgpass>[0], (password) => resolve(password ?? ''));
  });
}
