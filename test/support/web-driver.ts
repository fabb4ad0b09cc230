import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { vi } from 'vitest';
import { freePort } from './ports.ts';

/** Sends a command of WebDriver's, under Firefox's name for it and as a request to a driver. */
export type Send = (
  name: string,
  request: string,
  body?: Record<string, unknown>,
) => Promise<unknown>;
/** Starts a browser of its own; what it starts has to be ended. */
type Start = (directory: string, children: ChildProcess[]) => Promise<Send>;

/** Firefox speaks WebDriver itself: each message is JSON after its length. */
export const startFirefox: Start = async (profile, children) => {
  writeFileSync(join(profile, 'user.js'), 'user_pref("marionette.port", 0);');
  const args = ['--headless', '--marionette', '--no-remote', '--profile', profile];
  children.push(spawn('firefox-esr', args, { stdio: 'ignore' }));
  const port = () => {
    const port = Number(readFileSync(join(profile, 'MarionetteActivePort'), 'utf8'));
    if (!port) throw new Error('The file is not written yet');
    return port;
  };
  const socket = connect(await vi.waitFor(port, 50_000), '127.0.0.1').setEncoding('latin1');
  const waiting: ((answer: [unknown, unknown, Error | null, unknown]) => void)[] = [];
  let received = '';
  socket.on('data', (text: string) => {
    received += text;
    for (let length = Number.parseInt(received, 10); ; length = Number.parseInt(received, 10)) {
      const start = received.indexOf(':') + 1;
      if (start === 0 || received.length < start + length) return;
      const message = Buffer.from(received.slice(start, start + length), 'latin1').toString();
      received = received.slice(start + length);
      // Commands are answered in order; the first message is a greeting.
      if (message.startsWith('[')) waiting.shift()?.(JSON.parse(message));
    }
  });
  let count = 0;
  const send: Send = async (name, _, body = {}) => {
    const text = JSON.stringify([0, count++, `WebDriver:${name}`, body]);
    socket.write(Buffer.from(`${Buffer.byteLength(text)}:${text}`));
    const [, , error, value] = await new Promise<Parameters<(typeof waiting)[0]>[0]>((resolve) =>
      waiting.push(resolve),
    );
    if (error) throw new Error(error.message);
    return (value as { value?: unknown }).value;
  };
  await send('NewSession', '');
  return send;
};

/** WebKitGTK's driver takes requests, and needs a screen. */
export const startWebKit: Start = async (_, children) => {
  const screen = spawn('Xvfb', ['-displayfd', '1'], { stdio: ['ignore', 'pipe', 'ignore'] });
  children.unshift(screen);
  const [display] = await once(screen.stdout, 'data');
  const [port, env] = [await freePort(), { ...process.env, DISPLAY: `:${String(display).trim()}` }];
  children.unshift(spawn('WebKitWebDriver', [`--port=${port}`], { env, stdio: 'ignore' }));
  const url = `http://127.0.0.1:${port}/`;
  await vi.waitFor(() => fetch(`${url}status`), 50_000);
  let session = 'session';
  const send: Send = async (_, request, body = {}) => {
    const [method = '', path] = request.split(' ');
    const init = method === 'GET' ? {} : { method, body: JSON.stringify(body) };
    const answer = await fetch(url + session + path, init);
    const { value } = (await answer.json()) as { value: { message?: string } };
    if (!answer.ok) throw new Error(value.message);
    return value;
  };
  const opened = await send('', 'POST ', { capabilities: {} });
  session += `/${(opened as { sessionId: string }).sessionId}`;
  return send;
};
