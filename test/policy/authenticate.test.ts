import { describe, expect, it } from 'vitest';
import { checkPost } from '../../src/policy/check-post.ts';
import { ACCESS_KEY_ID, answerTo, SECRET_ACCESS_KEY, signedForm } from './signed-form.ts';

describe('the signature', () => {
  it('prints the bytes as pairs with single blanks between', () => {
    const answer = answerTo({ fields: { Policy: 'e30=' } });
    expect(answer).toMatchObject({
      details: expect.arrayContaining([['StringToSignBytes', '65 33 30 3d']]),
    });
  });

  it('of another secret is refused', () => {
    const form = { ...signedForm(), secretAccessKeyFor: () => 'another secret' };
    expect(checkPost(form)).toMatchObject({ status: 403, s3Code: 'SignatureDoesNotMatch' });
  });

  it('is all that counts where no more than the secret is known: any session token is taken', () => {
    const form = signedForm({ exact: { 'x-amz-security-token': 'any' } });
    const secretAccessKeyFor = () => SECRET_ACCESS_KEY;
    expect(checkPost({ ...form, secretAccessKeyFor })).toMatchObject({ ok: true });
  });

  it('is made with the secret of the access key that the form names', () => {
    const asked: string[] = [];
    const form = signedForm();
    checkPost({
      ...form,
      secretAccessKeyFor: (id) => {
        asked.push(id);
        return form.secretAccessKeyFor(id);
      },
    });
    expect(asked).toEqual([ACCESS_KEY_ID]);
  });
});
