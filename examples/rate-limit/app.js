import express from 'express';
import { rateLimit } from 'express-rate-limit';
import { s3Form } from 'express-s3-form';
import { startBucket } from '../support/local-bucket.js';

const uploads = s3Form({ ...(await startBucket()), maxFileSize: '5 MB' });

const text = 'That is enough for now. Try again in a minute.';

// How many pages with a form, and policies for files by script, one address gets in a minute. Each
// process counts for itself: give it a `store` where several of them answer.
const limit = rateLimit({
  windowMs: 60_000,
  limit: 30,
  standardHeaders: 'draft-8',
  legacyHeaders: false,
  message: (/** @type {express.Request} */ req) =>
    req.accepts(['html', 'json']) === 'json'
      ? { error: text, code: 'too_many_requests', message: text }
      : text,
  // A refused return would lose an upload that the store has already taken, and assets are cached.
  skip: (req) => req.path.startsWith('/done/') || req.path.startsWith('/assets/'),
});

const app = express();
app.use('/upload', limit, uploads);
app.get('/', (_req, res) => res.redirect('/upload'));

const port = process.env['PORT'] ?? 3000;
app.listen(port, (error) => {
  if (error) throw error;
  console.log(`Open http://localhost:${port}/`);
});
