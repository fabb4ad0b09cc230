import express from 'express';
import { s3Form } from 'express-s3-form';
import { startBucket } from '../support/local-bucket.js';

const uploads = s3Form({
  ...(await startBucket()),
  // As browsers see it. Absolute, such as https://www.example.com/files/upload, it needs no
  // header of any proxy.
  baseUrl: process.env['BASE_URL'] ?? '/files/upload',
});

const app = express();
// Only the proxy is believed when it says which host and protocol the browser asked for.
app.set('trust proxy', process.env['PROXY_ADDRESS'] ?? '127.0.0.1');
// The second one is for proxies that strip /files.
app.use(['/files/upload', '/upload'], uploads);

const port = process.env['PORT'] ?? 3000;
app.listen(port, (error) => {
  if (error) throw error;
  console.log(`Open http://localhost:${port}/files/upload`);
});
