import { createHash, randomUUID } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PostedDigests } from '../policy/field-values.ts';
import type { Tag } from '../policy/tagging.ts';
import { createDigest, type DigestAlgorithm } from './checksums.ts';

/** What is kept of an object beside its content. */
export interface ObjectRecord {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** The MD5 of the content in hex, without quotes. */
  readonly etag: string;
  /** ISO 8601. */
  readonly lastModified: string;
  readonly acl: string;
  readonly tags: readonly Tag[];
  /** Served to who asks for it by `x-amz-checksum-mode`. */
  readonly checksum: { readonly algorithm: DigestAlgorithm; readonly value: string };
  /** `Content-Type` and the other headers it is served with, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** User-defined metadata, names without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** A file that has arrived, but is not an object yet. */
export interface StagedFile {
  readonly path: string;
  readonly size: number;
  /** Those that were asked for, in base64. */
  readonly digests: PostedDigests;
}

/** Milliseconds after which nobody is still at work on a staged file. */
const LEFTOVER_AFTER = 24 * 3600 * 1000;

/**
 * Objects in a directory: for each a content file of a random name and a record that is named by
 * the hash of bucket and key. So no key can lead anywhere, the record's renaming makes the object,
 * and several buckets can share a directory.
 */
export class Storage {
  readonly #objects: string;
  readonly #staging: string;
  readonly #bucket: string;

  constructor(directory: string, bucket: string) {
    this.#bucket = bucket;
    this.#objects = join(directory, 'objects');
    this.#staging = join(directory, 'staging');
    mkdirSync(this.#objects, { recursive: true });
    mkdirSync(this.#staging, { recursive: true });
    this.#removeLeftovers();
  }

  /** What a killed process left half-way; what is young may be another bucket's upload. */
  #removeLeftovers(): void {
    for (const name of readdirSync(this.#staging)) {
      const path = join(this.#staging, name);
      const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > LEFTOVER_AFTER) rmSync(path, { recursive: true, force: true });
    }
  }

  /**
   * Writes content aside. Bytes past `limit` are counted, not written. Where it fails nothing is left.
   */
  async stage(
    content: AsyncIterable<Buffer>,
    limit: number,
    algorithms: readonly DigestAlgorithm[] = [],
  ): Promise<StagedFile> {
    const path = join(this.#staging, randomUUID());
    const digests = algorithms.map((name) => [name, createDigest(name)] as const);
    let size = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        if (size > limit) return done();
        for (const [, digest] of digests) digest.update(chunk);
        done(null, chunk);
      },
    });
    const file = createWriteStream(path, { flags: 'wx' });
    try {
      await pipeline(content, measure, file);
    } catch (error) {
      // Until then the file may yet be made.
      if (!file.closed) await new Promise<void>((resolve) => file.once('close', resolve));
      rmSync(path, { force: true });
      throw error;
    }
    const results = digests.map(([name, digest]) => [name, digest.digest('base64')]);
    return { path, size, digests: Object.fromEntries(results) };
  }

  discard(file: StagedFile): void {
    rmSync(file.path, { force: true });
  }

  /** Makes a staged file the object of a key, in place of an earlier one. */
  commit(file: StagedFile, record: ObjectRecord): void {
    const recordPath = this.#recordPath(record.key);
    const before = this.#read(record.key);
    const content = randomUUID();
    const staged = join(this.#staging, content);
    try {
      writeFileSync(staged, JSON.stringify({ ...record, content }));
      renameSync(file.path, join(this.#objects, content));
      renameSync(staged, recordPath);
    } catch (error) {
      rmSync(staged, { force: true });
      rmSync(join(this.#objects, content), { force: true });
      throw error;
    }
    if (before) rmSync(join(this.#objects, before.content), { force: true });
  }

  /** The record of an object, and its content as soon as it is asked for. */
  find(key: string): { record: ObjectRecord; open: () => Readable } | undefined {
    const found = this.#read(key);
    if (!found) return undefined;
    const { content, ...record } = found;
    return {
      record,
      open: () => {
        const path = join(this.#objects, content);
        return createReadStream(path, { fd: openSync(path, 'r') });
      },
    };
  }

  #read(key: string): (ObjectRecord & { content: string }) | undefined {
    try {
      return JSON.parse(readFileSync(this.#recordPath(key), 'utf8'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  #recordPath(key: string): string {
    const hash = createHash('sha256').update(JSON.stringify([this.#bucket, key]));
    return join(this.#objects, `${hash.digest('hex')}.json`);
  }
}
