import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import cookieSession from 'cookie-session';
import { Eta } from 'eta';
import express from 'express';
import { s3Form } from 'express-s3-form';
import helmet from 'helmet';
import { startBucket } from '../support/local-bucket.js';

const eta = new Eta({ views: fileURLToPath(new URL('views', import.meta.url)) });

// An app of yours has tables for these.
const users = new Map([
  ['1', { id: '1', name: 'Ada' }],
  ['2', { id: '2', name: 'Grace' }],
]);
const pictures = /** @type {Map<string, { userId: string, key: string }>} */ (new Map());
const avatars = /** @type {Map<string, { key: string, caption: string }>} */ (new Map());

const uploads = s3Form({
  ...(await startBucket()),
  baseUrl: '/upload',
  accept: ['image/*'],
  keyPrefix: (req) => `pictures/${req.user.id}/`,
  // The return address of one user's form is refused for every other user.
  bindTo: (req) => req.user.id,
  onUploaded: (upload, req) => {
    // A reload runs this again, and a form that is sent twice reports two files under one id, so
    // that pictures go by their key: INSERT … ON CONFLICT (key) DO UPDATE.
    pictures.set(upload.key, { userId: req.user.id, key: upload.key });
    return { redirect: `/profile?receipt=${encodeURIComponent(req.originalUrl)}` };
  },
});

const forms = uploads.cspDirectives();
const app = express();
app.use(
  helmet({
    contentSecurityPolicy: {
      directives: {
        // The app's own policy, what the form needs, and both lists where both have one.
        'default-src': ["'none'"],
        'frame-ancestors': ["'none'"],
        ...forms,
        'img-src': ['data:', ...(forms['img-src'] ?? [])],
      },
    },
    // With helmet's own `no-referrer` the form would be posted with `Origin: null`.
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
  }),
);
app.use(
  cookieSession({
    keys: [process.env['SESSION_SECRET'] ?? randomUUID()],
    // The bucket sends the browser back from another site.
    sameSite: 'lax',
  }),
  express.urlencoded({ extended: false }),
);

/** @type {express.RequestHandler} */
const requireLogin = (req, res, next) => {
  const user = users.get(req.session?.['userId']);
  if (!user) return void res.status(401).send(eta.render('login', { users }));
  req.user = user;
  return next();
};

// Style and script are the same for everybody, and caches keep them for all.
/** @type {express.RequestHandler} */
const requireLoginButForAssets = (req, res, next) =>
  req.path.startsWith('/assets/') ? next() : requireLogin(req, res, next);

app.use('/upload', requireLoginButForAssets, uploads);

app.get('/', (_req, res) => res.redirect('/profile'));

// A login of yours asks for more than a name.
app.post('/login', (req, res) => {
  req.session = { userId: req.body?.user };
  res.redirect(303, '/profile');
});

app.get('/profile', requireLogin, async (req, res) => {
  const avatar = avatars.get(req.user.id);
  const own = [...pictures.values()].filter(({ userId }) => userId === req.user.id);
  const page = eta.render('profile', {
    user: req.user,
    avatar: avatar && { ...avatar, link: await uploads.signedUrl(avatar.key) },
    links: await Promise.all(own.map(({ key }) => uploads.signedUrl(key))),
    receipt: req.query['receipt'],
    form: await uploads.form(req, { context: { kind: 'avatar' } }),
  });
  res.send(page);
});

// The receipt went through the browser, as a hidden field of this app's own form.
app.post('/profile', requireLogin, async (req, res) => {
  const { key, context } = await uploads.verify(req, String(req.body?.receipt));
  if (context?.['kind'] !== 'avatar') return void res.sendStatus(422);
  avatars.set(req.user.id, { key, caption: String(req.body.caption) });
  res.redirect(303, '/profile');
});

const port = process.env['PORT'] ?? 3000;
app.listen(port, (error) => {
  if (error) throw error;
  console.log(`Open http://localhost:${port}/`);
});
