import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { presignUrl } from '../../src/bucket/presigned-url.ts';
import { freePort } from './ports.ts';

/** An S3 server that checks signatures and policies, with a bucket the tests may write to. */
export interface RealS3 {
  /** What it is, with its version: `radosgw 16.2.15`. */
  readonly name: string;
  /** Scheme, host and port. */
  readonly endpoint: string;
  /** Host and port that take a bucket's name in front: `localhost:18123`. */
  readonly virtualHostedDomain: string;
  readonly region: string;
  readonly bucket: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  stop(): Promise<void>;
}

const PROGRAMS = [
  'radosgw',
  'radosgw-admin',
  'ceph-mon',
  'ceph-osd',
  'monmaptool',
  'osdmaptool',
  'setpriv',
];
const PACKAGES = 'radosgw ceph-mon ceph-osd ceph-common';
/** A busy machine takes its time; the hooks of the tests have 60 seconds. */
const STARTED_WITHIN_MS = 50_000;

/** The pair of Amazon's documentation, which secret scanners know to be no secret. */
const CREDENTIALS = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const BUCKET = 'uploads';
const REGION = 'us-east-1';

/** What this radosgw is set up for, and another S3 server may not be. */
export const RADOSGW_SETUP = {
  /** May be assumed with the credentials, and may do all that S3 has. */
  roleArn: 'arn:aws:iam:::role/uploader',
  /** The one key of the KMS. */
  kmsKeyId: 'testkey',
  /** The one storage class beside STANDARD. */
  storageClass: 'STANDARD_IA',
} as const;

/** Why `startRadosgw` cannot work on this machine, or undefined when it can. */
export function findRadosgw(): string | undefined {
  const missing = PROGRAMS.filter((program) => findProgram(program) === undefined);
  if (missing.length === 0) return undefined;
  const names = new Intl.ListFormat('en').format(missing);
  return `${names} ${missing.length === 1 ? 'is' : 'are'} not installed (apt-get install ${PACKAGES})`;
}

/** The path of a program on PATH. */
export function findProgram(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((directory) => join(directory, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** A throw-away Ceph on loopback: a monitor, a storage daemon in memory, radosgw before them. */
export async function startRadosgw(): Promise<RealS3> {
  const reason = findRadosgw();
  if (reason !== undefined) throw new Error(reason);
  const processes = new ProcessGroup();
  try {
    return await processes.orFailure(startCeph(processes));
  } catch (error) {
    await processes.stop();
    throw error;
  }
}

async function startCeph(processes: ProcessGroup): Promise<RealS3> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const monitor = `[v2:127.0.0.1:${await freePort()}]`;
  const clusterId = randomUUID();
  processes.write('ceph.conf', cephConf({ clusterId, monitor, port }));
  for (const name of ['mon', 'osd', 'rgw']) processes.makeDirectory(name);

  await processes.run(`monmaptool --create --fsid ${clusterId} --addv a ${monitor} monmap`);
  await processes.run('osdmaptool -c ceph.conf --createsimple 1 osdmap');
  await processes.run('ceph-mon -c ceph.conf -i a -d --mkfs --monmap monmap --osdmap osdmap');
  processes.start('ceph-mon -c ceph.conf -i a -d');
  await processes.run('ceph-osd -c ceph.conf -i 0 -d --mkfs');
  processes.start('ceph-osd -c ceph.conf -i 0 -d');

  const administer: Administer = (commandLine) =>
    processes.run(`radosgw-admin -c ceph.conf -n client.rgw ${commandLine}`);
  const { accessKeyId, secretAccessKey } = CREDENTIALS;
  await administer(
    `user create --uid=tests --display-name=tests --access-key=${accessKeyId} --secret-key=${secretAccessKey}`,
  );
  await Promise.all([addRole(administer), addStorageClass(administer)]);
  processes.start('radosgw -c ceph.conf -n client.rgw -d');
  await processes.untilAnswered(endpoint);

  await put(`${endpoint}/${BUCKET}`);
  await put(`${endpoint}/${BUCKET}`, { cors: '' }, PUBLIC_CORS);

  const version = await processes.run('radosgw --version');
  return {
    name: `radosgw ${/\d+(\.\d+)+/.exec(version)?.[0]}`,
    endpoint,
    virtualHostedDomain: `localhost:${port}`,
    region: REGION,
    bucket: BUCKET,
    credentials: CREDENTIALS,
    stop: () => processes.stop(),
  };
}

type Administer = (commandLine: string) => Promise<string>;

async function addRole(administer: Administer): Promise<void> {
  const name = RADOSGW_SETUP.roleArn.split('/')[1];
  const tests = allow('sts:AssumeRole', '"Principal":{"AWS":["arn:aws:iam:::user/tests"]}');
  const all = allow('s3:*', '"Resource":"arn:aws:s3:::*"');
  await administer(`role create --role-name=${name} --assume-role-policy-doc=${tests}`);
  await administer(`role-policy put --role-name=${name} --policy-name=all --policy-doc=${all}`);
}

/** A policy of one statement, without blanks. */
function allow(action: string, what: string): string {
  return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"${action}",${what}}]}`;
}

async function addStorageClass(administer: Administer): Promise<void> {
  const options = `--placement-id=default-placement --storage-class=${RADOSGW_SETUP.storageClass}`;
  await administer(`zonegroup placement add --rgw-zonegroup=default ${options}`);
  const pool = '--data-pool=default.rgw.buckets.data';
  await administer(`zone placement add --rgw-zone=default ${options} ${pool}`);
}

async function put(url: string, query: Record<string, string> = {}, body = ''): Promise<void> {
  const signedUrl = presignUrl({
    method: 'PUT',
    url,
    region: REGION,
    credentials: CREDENTIALS,
    query,
  });
  const response = await fetch(signedUrl, { method: 'PUT', body });
  if (!response.ok) {
    throw new Error(`PUT ${url} answered ${response.status}: ${await response.text()}`);
  }
}

const PUBLIC_CORS = `<CORSConfiguration><CORSRule>
<AllowedOrigin>*</AllowedOrigin><AllowedHeader>*</AllowedHeader>
${['GET', 'HEAD', 'PUT', 'POST', 'DELETE'].map((method) => `<AllowedMethod>${method}</AllowedMethod>`).join('')}
<ExposeHeader>ETag</ExposeHeader><ExposeHeader>Location</ExposeHeader>
</CORSRule></CORSConfiguration>`;

interface CephSettings {
  readonly clusterId: string;
  readonly monitor: string;
  readonly port: number;
}

/** One copy of everything, one shard of everything, no authentication inside the cluster. */
function cephConf({ clusterId, monitor, port }: CephSettings): string {
  return `
[global]
fsid = ${clusterId}
mon host = ${monitor}
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind msgr1 = false
auth cluster required = none
auth service required = none
auth client required = none
# "secure", the default, is not to be had without authentication, and radosgw insists on it
ms mon client mode = crc
keyring = /dev/null
run dir = .
crash dir = .
admin socket =
pid file =
log to file = false
osd pool default size = 1
osd pool default pg num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0

[mon]
mon data = mon
mon cluster log to file = false
mon allow pool size one = true
mon max pg per osd = 1000
# a nearly full disk would stop it
mon data avail crit = 0
paxos propose interval = 0.01
paxos min wait = 0

[osd]
osd data = osd
osd objectstore = memstore
osd crush update on start = false
osd class update on start = false

[client.rgw]
rgw data = rgw
# without tcp_nodelay every answer with a body waits 40 ms for an acknowledgement
rgw frontends = beast endpoint=127.0.0.1:${port} tcp_nodelay=1
rgw dns name = localhost
rgw s3 auth use sts = true
rgw sts key = sixteencharacter
rgw crypt require ssl = false
rgw crypt s3 kms backend = testing
rgw crypt s3 kms encryption keys = ${RADOSGW_SETUP.kmsKeyId}=${Buffer.alloc(32, 'k').toString('base64')}
rgw run sync thread = false
rgw enable usage log = false
rgw dynamic resharding = false
rgw override bucket index max shards = 1
rgw rados pool pg num min = 1
rgw gc max objs = 1
rgw lc max objs = 1
rgw md log max shards = 1
rgw data log num shards = 1
rgw usage max shards = 1
rgw num control oids = 1
rgw objexp hints num shards = 1
rgw reshard num logs = 1
`;
}

interface Child {
  readonly program: string;
  readonly process: ChildProcess;
  readonly log: string;
  /** Resolves, never rejects, with how it ended. */
  readonly ended: Promise<string>;
}

const SUCCESS = 'exit code 0';

/**
 * Child processes and the temporary directory they work in, which end together. They are given
 * as command lines, whose words stand one space apart.
 */
class ProcessGroup {
  readonly #directory = mkdtempSync(join(tmpdir(), 'radosgw-'));
  readonly #children: Child[] = [];
  readonly #failure = new AbortController();
  #stopped = false;

  constructor() {
    process.on('exit', this.#endAtExit);
  }

  write(file: string, content: string): void {
    writeFileSync(join(this.#directory, file), content);
  }

  makeDirectory(name: string): void {
    mkdirSync(join(this.#directory, name));
  }

  /** Runs a tool to its end and gives what it printed. */
  async run(commandLine: string): Promise<string> {
    const child = this.#spawn(commandLine);
    const outcome = await child.ended;
    if (outcome !== SUCCESS) throw failure(`${child.program} ended with ${outcome}`, [child]);
    return readFileSync(child.log, 'utf8');
  }

  /** Starts a daemon; should it end by itself, the group has failed. */
  start(commandLine: string): void {
    const child = this.#spawn(commandLine);
    child.ended.then((outcome) => {
      if (this.#stopped) return;
      this.#failure.abort(failure(`${child.program} ended with ${outcome}`, [child]));
    });
  }

  async untilAnswered(url: string): Promise<void> {
    while (!this.#stopped) {
      try {
        await fetch(url);
        return;
      } catch {
        await sleep(20);
      }
    }
  }

  /** What `work` gives, unless a daemon ends or time is up before that. */
  async orFailure<Result>(work: Promise<Result>): Promise<Result> {
    const { signal } = this.#failure;
    const failed = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });
    const timer = setTimeout(() => {
      const running = this.#children.filter(isRunning);
      const sentence = `radosgw did not start within ${STARTED_WITHIN_MS / 1000} seconds`;
      this.#failure.abort(failure(sentence, running));
    }, STARTED_WITHIN_MS);
    try {
      return await Promise.race([work, failed]);
    } finally {
      clearTimeout(timer);
    }
  }

  async stop(): Promise<void> {
    this.#kill();
    await Promise.all(this.#children.map((child) => child.ended));
    this.#removeDirectory();
    process.off('exit', this.#endAtExit);
  }

  #spawn(commandLine: string): Child {
    if (this.#stopped) throw new Error(`stopped before ${commandLine}`);
    const words = commandLine.split(' ');
    const program = words[0] ?? '';
    const log = join(this.#directory, `${this.#children.length}-${program}.log`);
    const output = openSync(log, 'a');
    // Without an 'exit' event (vitest ends its workers by a signal) the kernel ends the children.
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...words], {
      stdio: ['ignore', output, output],
      env: { PATH: process.env['PATH'], LC_ALL: 'C' },
      cwd: this.#directory,
    });
    closeSync(output);
    const ended = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    const started = { program, process: child, log, ended };
    this.#children.push(started);
    return started;
  }

  #endAtExit = (): void => {
    this.#kill();
    this.#removeDirectory();
  };

  #kill(): void {
    this.#stopped = true;
    for (const child of this.#children) child.process.kill('SIGKILL');
  }

  #removeDirectory(): void {
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

function isRunning({ process }: Child): boolean {
  return process.exitCode === null && process.signalCode === null;
}

function failure(sentence: string, children: readonly Child[]): Error {
  const logs = children.map(({ program, log }) => {
    const lines = readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    return [`last lines of ${program}:`, ...lines.slice(-12)].join('\n');
  });
  return new Error([sentence, ...logs].join('\n'));
}
