// A thread of its own, which can be ended when a check hangs: says which form comes next.
import { parentPort, workerData } from 'node:worker_threads';
import { checkPost } from 'express-s3-form/policy';

/** @type {import('express-s3-form/policy').CheckPostOptions[]} */
const forms = workerData.forms;
for (const [index, form] of forms.entries()) {
  parentPort?.postMessage(index);
  checkPost({ ...form, secretAccessKeyFor: () => workerData.secretAccessKey });
}
parentPort?.postMessage(forms.length);
