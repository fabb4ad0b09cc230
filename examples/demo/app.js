import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import express from 'express';
import { s3Form } from 'express-s3-form';
import helmet from 'helmet';

const eta = new Eta({ views: fileURLToPath(new URL('views', import.meta.url)) });

/**
 * An app with a page of its own that embeds the upload form and lists what has arrived.
 *
 * @param {import('express-s3-form').BucketConfig} bucket
 */
export function createDemo(bucket) {
  /** What has arrived, by its key: an app of yours would have a table for it. */
  const arrived = /** @type {Map<string, import('express-s3-form').Upload>} */ (new Map());

  const uploads = s3Form({
    baseUrl: '/upload',
    ...bucket,
    maxFileSize: '25 MB',
    maxFiles: 5,
    lang: (req) => req.acceptsLanguages('en', 'fr') || 'en',
    metadata: { app: 'demo', 'user-agent': (req) => asciiOnly(req.get('user-agent')) },
    inputs: [{ name: 'x-amz-meta-description', label: 'Description' }],
    onUploaded: (upload) => {
      arrived.set(upload.key, upload);
      return { redirect: pageOf(upload) };
    },
  });

  const app = express();
  app.disable('x-powered-by');
  app.use(
    helmet({
      contentSecurityPolicy: {
        // The demo itself is served without https.
        directives: { ...uploads.cspDirectives(), 'upgrade-insecure-requests': null },
      },
      referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
      strictTransportSecurity: false,
    }),
  );
  app.use('/upload', uploads);
  app.get('/favicon.ico', (_req, res) => void res.sendStatus(204));

  app.get('/', async (req, res) => {
    const form = await uploads.form(req);
    res.send(eta.render('home', { form, files: await listed() }));
  });

  app.get('/files/:key', async (req, res, next) => {
    const upload = arrived.get(req.params.key);
    if (!upload) return next();
    const form = await uploads.form(req);
    res.send(eta.render('file', { form, file: await described(upload), files: await listed() }));
  });

  const listed = () => Promise.all([...arrived.values()].reverse().map(described));

  /** @param {import('express-s3-form').Upload} upload */
  const described = async (upload) => ({
    ...upload,
    name: upload.key.slice(upload.key.lastIndexOf('/') + 1),
    bytes: upload.size?.toLocaleString('en'),
    page: pageOf(upload),
    link: await uploads.signedUrl(upload.key, { expiresIn: 3600 }),
    isPicture: /\.(avif|gif|jpe?g|png|webp)$/i.test(upload.key),
  });

  return { app, bucketUrl: uploads.url };
}

/** @param {import('express-s3-form').Upload} upload */
function pageOf({ key }) {
  return `/files/${encodeURIComponent(key)}`;
}

/** @param {string | undefined} text */
function asciiOnly(text = 'unknown') {
  return text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 200);
}
