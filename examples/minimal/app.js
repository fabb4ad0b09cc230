import { Eta } from 'eta';
import express from 'express';
import { configFromEnv, createPresignedPost } from 'express-s3-form';

const page = `<!doctype html><html lang="en"><title>Upload</title>
<form action="<%= it.url %>" method="post" enctype="multipart/form-data">
  <p><label>Key <input name="key" value="<%= it.key %>" required></label></p>
  <% for (const [name, value] of Object.entries(it.hidden)) { %>
  <input type="hidden" name="<%= name %>" value="<%= value %>"><% } %>
  <p><label>File <input type="file" name="file" required></label></p>
  <button>Upload</button>
</form></html>`;

const { bucket, region, endpoint, addressing, credentials } = configFromEnv();
const app = express();
app.get('/', (_req, res) => {
  const { url, fields } = createPresignedPost({
    ...{ bucket, region, endpoint, addressing, credentials },
    key: 'user/eric/${filename}', // whoever uploads may type anything behind user/eric/
    acl: 'private',
    metadata: { uuid: '14365123651274' },
    contentLengthRange: [1, 10_000_000],
    successActionStatus: 201,
  });
  const { key, ...hidden } = fields;
  res.set('Cache-Control', 'no-store').send(new Eta().renderString(page, { url, key, hidden }));
});
app.listen(process.env['PORT'] ?? 3000);
