import { Option } from 'commander';

/** Flags by which a command is told of its database. */
export interface DatabaseFlags {
  readonly database?: string;
  readonly databaseFile?: string;
  readonly files?: string;
}

export function databaseOption(): Option {
  return new Option(
    '--database <address>',
    'PostgreSQL database that servers and workers share: postgres://user@host/name',
  );
}

export function databaseFileOption(): Option {
  return new Option('--database-file <file>', 'file that holds the address of the database');
}

export function filesOption(): Option {
  return new Option(
    '--files <folder>',
    'folder that all share for the bytes of files (default: they lie in the database)',
  );
}

/** What the flags say of the settings: one of two that name a database takes the other's place, wherever that comes from. */
export function databaseSettings({ database, databaseFile, files }: DatabaseFlags) {
  const isOne = (database === undefined) !== (databaseFile === undefined);
  return {
    database: isOne ? (database ?? '') : database,
    databaseFile: isOne ? (databaseFile ?? '') : databaseFile,
    filesFolder: files,
  };
}
