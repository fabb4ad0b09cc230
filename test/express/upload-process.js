// An app of its own process: what it shares with others is in its environment, and nothing else.
import express from 'express';
import { s3Form } from 'express-s3-form';

const { BASE_URL, SECRET, ENDPOINT, ACCESS_KEY_ID = '', SECRET_ACCESS_KEY = '' } = process.env;
const uploads = s3Form({
  bucket: 'uploads',
  region: 'local',
  endpoint: ENDPOINT,
  credentials: { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY },
  baseUrl: BASE_URL,
  secret: SECRET,
  bindTo: () => 'ann',
  onUploaded: (upload) => console.log(`uploaded ${JSON.stringify(upload)}`),
});
const server = express()
  .use('/upload', uploads)
  .listen(0, '127.0.0.1', () => {
    const address = /** @type {import('node:net').AddressInfo} */ (server.address());
    console.log(`listening http://127.0.0.1:${address.port}/upload`);
  });
