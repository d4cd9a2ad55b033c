declare module 'pgpass' {
  /** Where a connection goes. */
  interface Connection {
    readonly host?: string;
    readonly port?: number;
    readonly user?: string;
    readonly database?: string;
  }

  export default function pgpass(connection: Connection, tell: (password: string | undefined) => void): void;
}
