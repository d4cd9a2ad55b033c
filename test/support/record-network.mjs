// Preloaded into every Node process of a run (`NODE_OPTIONS=--import`): what would reach for the network throws, and leaves
// a line in the file that NETWORK_LOG names. A first line says that the process was watched.
import childProcess from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { basename } from 'node:path';

const log = process.env.NETWORK_LOG;
const record = (line) => appendFileSync(log, `${line} ${basename(process.argv[1] ?? '-')} ${process.pid}\n`);

function refuse(owner, name, label = name) {
  owner[name] = () => {
    record(`attempt:${label}`);
    throw new Error(`the network is off: ${label}`);
  };
}

record('watched');
refuse(net, 'connect');
refuse(net, 'createConnection');
refuse(net.Socket.prototype, 'connect', 'socket.connect');
refuse(dgram, 'createSocket');
refuse(globalThis, 'fetch');
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
  refuse(dns, name, `dns.${name}`);
  refuse(dns.promises, name, `dns.promises.${name}`);
}
// A helper such as curl would be a way around; engine processes are forked.
for (const name of ['exec', 'execFile', 'execFileSync', 'execSync', 'spawnSync']) refuse(childProcess, name);
syncBuiltinESMExports();
