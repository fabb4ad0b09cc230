import { createServer } from 'node:http';
import { config as loadEnv } from 'dotenv';
import { configFromEnv } from 'express-s3-form';
import { startBucket } from '../support/local-bucket.js';
import { createDemo } from './app.js';

const FIRST_PORT = 3000;

/** Whoever reaches the demo may write into the bucket, and there is no login. */
const HOST = 'localhost';

try {
  await start();
} catch (error) {
  console.error(`express-s3-form demo: ${/** @type {Error} */ (error).message}`);
  process.exit(1);
}

async function start() {
  loadEnv({ quiet: true });
  const port = readPort(process.env['PORT']);
  const isLocal = !process.env['S3_BUCKET'] && !process.env['S3_ENDPOINT'];
  const bucket = isLocal ? await startBucket() : configFromEnv();
  const { app, bucketUrl } = createDemo(bucket);
  if (!isLocal) await seeBucket(bucketUrl);
  const server = createServer(app);
  const url = await listen(server, port);
  const where = isLocal ? ' on this machine, emptied when you stop' : '';
  console.log(`
  Upload page   ${url}
  Bucket        ${bucketUrl}${where}

  Stop with Ctrl+C.
`);
}

/** @param {string | undefined} text */
function readPort(text) {
  if (!text) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`PORT=${text} is not a port. Use a number from 1 to 65535.`);
}

/**
 * Makes sure that the store answers at all, and has the bucket.
 *
 * @param {string} url
 */
async function seeBucket(url) {
  const signal = AbortSignal.timeout(10_000);
  const answer = await fetch(url, { method: 'HEAD', redirect: 'manual', signal }).catch((error) => {
    const reason = error.cause?.code ?? error.cause?.message ?? error.name;
    throw new Error(`${url} does not answer (${reason}). Check S3_ENDPOINT.`);
  });
  if (answer.status === 404) throw new Error(`There is no bucket at ${url}. Check S3_BUCKET.`);
}

/**
 * Listens on the port that was asked for, or on the first free one.
 *
 * @param {import('node:http').Server} server
 * @param {number | undefined} port
 * @returns {Promise<string>}
 */
function listen(server, port) {
  return new Promise((resolve, reject) => {
    let tried = port ?? FIRST_PORT;
    server.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code !== 'EADDRINUSE') reject(new Error(`Port ${tried}: ${error.message}`));
      else if (port) reject(new Error(`Port ${port} is taken. Choose another with PORT=…`));
      else server.listen(++tried, HOST);
    });
    server.on('listening', () => resolve(`http://${HOST}:${tried}/`));
    server.listen(tried, HOST);
  });
}
