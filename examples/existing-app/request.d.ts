/** For TypeScript: what the login puts on a request. */
declare namespace Express {
  interface Request {
    user: { id: string; name: string };
  }
}
