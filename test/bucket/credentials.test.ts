import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  createCredentialChain,
  fromCognitoIdentity,
  fromCognitoIdentityPool,
  fromContainerMetadata,
  fromEnv,
  fromHttp,
  fromIni,
  fromInstanceMetadata,
  fromNodeProviderChain,
  fromProcess,
  fromSSO,
  fromTemporaryCredentials,
  fromTokenFile,
  fromWebToken,
} from '@aws-sdk/credential-providers';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { currentCredentials } from '../../src/bucket/credentials.ts';
import {
  type CredentialsProvider,
  type ExpiringCredentials,
  S3FormError,
  s3Form,
} from '../../src/index.ts';
import { catchError } from '../policy/catch-error.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const KEYS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: SECRET };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime('2026-03-01T12:00:00.250Z');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

/** Lets so many seconds pass. */
function pass(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000);
}

/** The n-th keys, that live so many seconds from now on. */
function keys(n: number, seconds: number): ExpiringCredentials {
  return {
    accessKeyId: `ASIA${n}`,
    secretAccessKey: `secret-${n}`,
    sessionToken: `token-${n}`,
    expiration: new Date(Date.now() + seconds * 1000),
  };
}

/** A provider whose n-th call gives what the n-th answer says; the last one stays. */
function providerOf(...answers: (() => unknown)[]) {
  return vi.fn<CredentialsProvider>(async () => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return answer?.() as ExpiringCredentials;
  });
}

const fail =
  (message = 'no route to the metadata service') =>
  (): never => {
    throw new Error(message);
  };

async function rejection(promise: Promise<unknown>): Promise<S3FormError> {
  const error = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(S3FormError);
  expect(error).toMatchObject({
    code: 'credentials_unavailable',
    status: 503,
    option: 'credentials',
  });
  return error as S3FormError;
}

describe('fixed credentials', () => {
  it('are given for good, without what else they carry', async () => {
    const current = currentCredentials({ ...KEYS, accountId: '123' } as ExpiringCredentials);
    pass(1e9);
    expect(await current()).toStrictEqual({
      ...KEYS,
      sessionToken: undefined,
      expiration: undefined,
    });
  });

  it('are given until the moment they expire', async () => {
    const given = { ...KEYS, expiration: new Date(Date.now() + 90_000) };
    const current = currentCredentials(given);
    expect(await current()).toMatchObject(given);
    pass(89.999);
    expect(await current()).toMatchObject(given);
    pass(0.001);
    const error = await rejection(current());
    expect(error.message).toMatch(/have expired.*Pass a function that renews them/);
    pass(3600);
    await rejection(current());
  });

  it('that have expired are refused at once', () => {
    const given = { ...KEYS, expiration: new Date(Date.now()) };
    const error = catchError(() => currentCredentials(given));
    expect(error).toMatchObject({ code: 'credentials_unavailable', option: 'credentials' });
    expect(error.message).toMatch(/have expired/);
  });

  it.each([
    ['a text', '2026-03-01T13:00:00Z'],
    ['a number', 1_772_370_000_000],
    ['null', null],
    ['no real date', new Date('soon')],
  ])('whose expiration is %s are refused at once', (_, expiration) => {
    const given = { ...KEYS, expiration } as unknown as ExpiringCredentials;
    const error = catchError(() => currentCredentials(given));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain('`credentials.expiration` must be a');
  });

  it.each<[string, object]>([
    ['credentials.accessKeyId', { secretAccessKey: SECRET }],
    ['credentials.secretAccessKey', { accessKeyId: 'a', secretAccessKey: '' }],
  ])('without `%s` are refused at once', (option, given) => {
    const error = catchError(() => currentCredentials(given as ExpiringCredentials));
    expect(error).toMatchObject({ code: 'missing_option', option });
  });
});

describe('a provider', () => {
  it('is not called before it is needed', () => {
    const provider = providerOf(() => KEYS);
    currentCredentials(provider);
    expect(provider).not.toHaveBeenCalled();
  });

  it('is called once for 100 concurrent requests', async () => {
    const asked: ((credentials: ExpiringCredentials) => void)[] = [];
    const provider = vi.fn<CredentialsProvider>(
      () => new Promise((resolve) => void asked.push(resolve)),
    );
    const current = currentCredentials(provider);
    const given = keys(1, 3600);
    const requests = Array.from({ length: 100 }, () => current());
    expect(asked).toHaveLength(1);
    asked[0]?.(given);
    expect(await Promise.all(requests)).toEqual(requests.map(() => given));
    expect(provider).toHaveBeenCalledTimes(1);
  });

  it('is called once, if what it gives does not expire', async () => {
    const provider = providerOf(() => KEYS);
    const current = currentCredentials(provider);
    await current();
    pass(1e9);
    expect(await current()).toMatchObject(KEYS);
    expect(provider).toHaveBeenCalledTimes(1);
  });

  it('may give credentials at once, as one that is not async does', async () => {
    const current = currentCredentials((() => KEYS) as unknown as CredentialsProvider);
    expect(await current()).toMatchObject(KEYS);
  });

  it('gives what else it knows to nobody', async () => {
    const more = { $source: { CREDENTIALS_CODE: 'e' }, accountId: '123456789012' };
    const given = keys(1, 3600);
    const current = currentCredentials(async () => ({ ...given, ...more }));
    expect(await current()).toStrictEqual(given);
  });

  it('is called again a minute before the credentials expire, and not earlier', async () => {
    let n = 0;
    const provider = providerOf(() => keys(++n, 3600));
    const current = currentCredentials(provider);
    expect(await current()).toMatchObject({ accessKeyId: 'ASIA1' });
    pass(3600 - 60 - 0.001);
    expect(await current()).toMatchObject({ accessKeyId: 'ASIA1' });
    expect(provider).toHaveBeenCalledTimes(1);
    pass(0.001);
    expect(await current()).toMatchObject({ accessKeyId: 'ASIA2' });
    expect(provider).toHaveBeenCalledTimes(2);
    pass(3600 - 60 - 0.001);
    expect(await current()).toMatchObject({ accessKeyId: 'ASIA2' });
    expect(provider).toHaveBeenCalledTimes(2);
  });

  it('is called once for a renewal that many wait for', async () => {
    let n = 0;
    const provider = providerOf(() => keys(++n, 600));
    const current = currentCredentials(provider);
    await current();
    pass(550);
    const renewed = await Promise.all(Array.from({ length: 100 }, () => current()));
    expect(new Set(renewed.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['ASIA2']));
    expect(provider).toHaveBeenCalledTimes(2);
  });

  it('is called each time, if what it gives lives less than a minute', async () => {
    let n = 0;
    const provider = providerOf(() => keys(++n, 30));
    const current = currentCredentials(provider);
    expect(await current()).toMatchObject({ accessKeyId: 'ASIA1' });
    expect(await current()).toMatchObject({ accessKeyId: 'ASIA2' });
    await Promise.all([current(), current(), current()]);
    expect(provider).toHaveBeenCalledTimes(3);
  });
});

describe('a provider that fails', () => {
  const thrownAtOnce = (...answers: (() => unknown)[]): CredentialsProvider =>
    vi.fn(() => {
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      return Promise.resolve(answer?.() as ExpiringCredentials);
    });

  it('fails for all who wait, with its error as the cause, and not for the next', async () => {
    const provider = providerOf(fail(), () => keys(1, 3600));
    const current = currentCredentials(provider);
    const failed = await Promise.all(Array.from({ length: 20 }, () => rejection(current())));
    for (const error of failed) {
      expect(error.cause).toMatchObject({ message: 'no route to the metadata service' });
      expect(error.message).not.toContain('metadata service');
    }
    expect(provider).toHaveBeenCalledTimes(1);
    expect(await current()).toMatchObject({ accessKeyId: 'ASIA1' });
    expect(provider).toHaveBeenCalledTimes(2);
  });

  it('recovers where it threw before it gave a promise', async () => {
    const provider = thrownAtOnce(fail(), () => keys(1, 3600));
    const current = currentCredentials(provider);
    await rejection(current());
    expect(await current()).toMatchObject({ accessKeyId: 'ASIA1' });
    expect(provider).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['later', providerOf],
    ['before it gave a promise', thrownAtOnce],
  ])('leaves the old credentials in use while they live, failing %s', async (_, make) => {
    const provider = make(
      () => keys(1, 600),
      fail(),
      fail(),
      fail(),
      () => keys(2, 600),
    );
    const current = currentCredentials(provider);
    await current();
    pass(541);
    expect(await current()).toMatchObject({ accessKeyId: 'ASIA1' });
    expect(provider).toHaveBeenCalledTimes(2);
    pass(58.999);
    expect(await current(), 'a millisecond before the end').toMatchObject({ accessKeyId: 'ASIA1' });
    expect(provider, 'every request tries again').toHaveBeenCalledTimes(3);
    pass(0.001);
    const error = await rejection(current());
    expect(error.cause).toMatchObject({ message: 'no route to the metadata service' });
    expect(await current()).toMatchObject({ accessKeyId: 'ASIA2' });
    expect(provider).toHaveBeenCalledTimes(5);
  });

  const useless: [string, () => unknown][] = [
    ['nothing', () => undefined],
    ['null', () => null],
    ['a text', () => `AKIA:${SECRET}`],
    ['an array', () => ['AKIA', SECRET]],
    ['an empty object', () => ({})],
    ['no access key', () => ({ secretAccessKey: SECRET })],
    ['no secret', () => ({ accessKeyId: 'AKIA' })],
    ['an empty secret', () => ({ ...KEYS, secretAccessKey: '' })],
    ['a line break in the secret', () => ({ ...KEYS, secretAccessKey: `${SECRET}\n` })],
    ['a token that is no text', () => ({ ...KEYS, sessionToken: 7 })],
    ['an expiration that is a text', () => ({ ...KEYS, expiration: '2030-01-01T00:00:00Z' })],
    ['an expiration that is a number', () => ({ ...KEYS, expiration: Date.now() + 1e6 })],
    ['an expiration that is no real date', () => ({ ...KEYS, expiration: new Date('soon') })],
    ['what has expired', () => keys(1, -3600)],
    ['what has just expired', () => keys(1, -0.001)],
    ['what expires this very moment', () => keys(1, 0)],
  ];

  it.each(useless)('is one that gives %s', async (_, answer) => {
    const current = currentCredentials(providerOf(answer, () => keys(2, 3600)));
    const error = await rejection(current());
    expect(error.cause).toBeInstanceOf(Error);
    expect(await current(), 'the next request').toMatchObject({ accessKeyId: 'ASIA2' });
  });

  it.each(useless)('leaves the old ones in use when it gives %s', async (_, answer) => {
    const current = currentCredentials(
      providerOf(
        () => keys(1, 600),
        answer,
        () => keys(2, 600),
      ),
    );
    await current();
    pass(590);
    expect(await current()).toMatchObject({ accessKeyId: 'ASIA1' });
    expect(await current()).toMatchObject({ accessKeyId: 'ASIA2' });
  });
});

describe('@aws-sdk/credential-providers', () => {
  /** That this compiles is the test: each fits the option as it is. */
  const PROVIDERS: Readonly<Record<string, () => CredentialsProvider>> = {
    createCredentialChain: () => createCredentialChain(fromEnv(), fromIni()),
    fromCognitoIdentity: () => fromCognitoIdentity({ identityId: 'eu-west-3:1' }),
    fromCognitoIdentityPool: () => fromCognitoIdentityPool({ identityPoolId: 'eu-west-3:1' }),
    fromContainerMetadata: () => fromContainerMetadata(),
    fromEnv: () => fromEnv(),
    fromHttp: () => fromHttp({ awsContainerCredentialsFullUri: 'http://127.0.0.1:1/' }),
    fromIni: () => fromIni({ profile: 'uploads' }),
    fromInstanceMetadata: () => fromInstanceMetadata(),
    fromNodeProviderChain: () => fromNodeProviderChain(),
    fromProcess: () => fromProcess(),
    fromSSO: () => fromSSO({ profile: 'uploads' }),
    fromTemporaryCredentials: () =>
      fromTemporaryCredentials({ params: { RoleArn: 'arn:aws:iam::123456789012:role/uploads' } }),
    fromTokenFile: () => fromTokenFile(),
    fromWebToken: () =>
      fromWebToken({ roleArn: 'arn:aws:iam::123456789012:role/uploads', webIdentityToken: 'a' }),
  };

  it.each(Object.entries(PROVIDERS))('%s fits the option `credentials`', (_, provider) => {
    const options = {
      bucket: 'photos',
      region: 'eu-west-3',
      secret: 'of this app alone, and long enough',
    };
    expect(() => s3Form({ ...options, credentials: provider() })).not.toThrow();
  });

  it('fromEnv() gives what the environment holds at that time', async () => {
    const current = currentCredentials(fromEnv());
    vi.stubEnv('AWS_ACCESS_KEY_ID', '');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', '');
    vi.stubEnv('AWS_SESSION_TOKEN', '');
    vi.stubEnv('AWS_CREDENTIAL_EXPIRATION', '');
    expect((await rejection(current())).cause).toMatchObject({ name: 'CredentialsProviderError' });

    const expiration = new Date(Date.now() + 600_000);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'ASIAENV');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', SECRET);
    vi.stubEnv('AWS_SESSION_TOKEN', 'token');
    vi.stubEnv('AWS_CREDENTIAL_EXPIRATION', expiration.toISOString());
    const given = {
      accessKeyId: 'ASIAENV',
      secretAccessKey: SECRET,
      sessionToken: 'token',
      expiration,
    };
    expect(await current()).toStrictEqual(given);
  });

  it('fromEnv() with an expiration that is no date gives no credentials', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'ASIAENV');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', SECRET);
    vi.stubEnv('AWS_CREDENTIAL_EXPIRATION', 'soon');
    await rejection(currentCredentials(fromEnv())());
  });

  it('fromIni() reads a profile', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'credentials-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const filepath = join(directory, 'credentials');
    const configFilepath = join(directory, 'config');
    writeFileSync(configFilepath, '');
    writeFileSync(
      filepath,
      `[uploads]\naws_access_key_id = AKIAINI\naws_secret_access_key = ${SECRET}\n`,
    );
    const profile = (name: string) =>
      currentCredentials(fromIni({ profile: name, filepath, configFilepath }));
    expect(await profile('uploads')()).toStrictEqual({
      accessKeyId: 'AKIAINI',
      secretAccessKey: SECRET,
      sessionToken: undefined,
      expiration: undefined,
    });
    await rejection(profile('other')());
  });

  it('fromTemporaryCredentials() assumes a role, again before it ends', async () => {
    const asked: URLSearchParams[] = [];
    const sts = createServer(async (request, response) => {
      asked.push(new URLSearchParams(await text(request)));
      response.setHeader('Content-Type', 'text/xml').end(assumedRole(keys(asked.length, 900)));
    }).listen(0, '127.0.0.1');
    await once(sts, 'listening');
    onTestFinished(async () => {
      sts.closeAllConnections();
      await new Promise((resolve) => sts.close(resolve));
    });
    const provider = fromTemporaryCredentials({
      masterCredentials: KEYS,
      params: { RoleArn: 'arn:aws:iam::123456789012:role/uploads', DurationSeconds: 900 },
      clientConfig: {
        region: 'eu-west-3',
        endpoint: `http://127.0.0.1:${(sts.address() as AddressInfo).port}`,
      },
    });
    const current = currentCredentials(provider);
    const [first] = await Promise.all([current(), current(), current()]);
    expect(first).toStrictEqual({ ...keys(1, 900), expiration: seconds(Date.now() + 900_000) });
    expect(asked.map((query) => query.get('Action'))).toEqual(['AssumeRole']);
    pass(850);
    expect(await current()).toMatchObject({ accessKeyId: 'ASIA2' });
    expect(asked).toHaveLength(2);
  });
});

/** The time without its milliseconds, which AssumeRole does not send. */
function seconds(time: number): Date {
  return new Date(Math.floor(time / 1000) * 1000);
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function assumedRole(credentials: ExpiringCredentials): string {
  const expiration = seconds(credentials.expiration?.getTime() ?? 0).toISOString();
  return `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
<AssumedRoleUser><AssumedRoleId>AROA:a</AssumedRoleId>
<Arn>arn:aws:sts::123456789012:assumed-role/uploads/a</Arn></AssumedRoleUser>
<Credentials><AccessKeyId>${credentials.accessKeyId}</AccessKeyId>
<SecretAccessKey>${credentials.secretAccessKey}</SecretAccessKey>
<SessionToken>${credentials.sessionToken}</SessionToken>
<Expiration>${expiration.replace('.000Z', 'Z')}</Expiration></Credentials>
</AssumeRoleResult></AssumeRoleResponse>`;
}

it('a provider that never answers is given up, and asked again', async () => {
  vi.useFakeTimers();
  try {
    const answers = [
      new Promise<never>(() => {}),
      Promise.resolve({ accessKeyId: 'A', secretAccessKey: 'B' }),
    ];
    const provider = vi.fn(
      () => answers.shift() as Promise<{ accessKeyId: string; secretAccessKey: string }>,
    );
    const current = currentCredentials(provider);
    const first = expect(current()).rejects.toMatchObject({ code: 'credentials_unavailable' });
    await vi.advanceTimersByTimeAsync(10_000);
    await first;
    expect(await current()).toMatchObject({ accessKeyId: 'A' });
    expect(provider).toHaveBeenCalledTimes(2);
  } finally {
    vi.useRealTimers();
  }
});
