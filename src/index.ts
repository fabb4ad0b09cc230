export type { ObjectFacts } from './bucket/objects.ts';
export { type BucketConfig, configFromEnv } from './express/config-from-env.ts';
export type {
  ByRequest,
  ClaimedUpload,
  ConfirmedUpload,
  FormContext,
  S3FormOptions,
  Upload,
  UploadedAnswer,
} from './express/options.ts';
export { type EmbeddedForm, type S3Form, s3Form } from './express/s3-form.ts';
export type { Bytes } from './form/bytes.ts';
export type { FormInput } from './form/upload-form.ts';
export {
  type Addressing,
  type CannedAcl,
  type Condition,
  type Credentials,
  createPresignedPost,
  type PresignedPost,
  type PresignedPostOptions,
  S3FormError,
  type S3FormErrorCode,
} from './policy/index.ts';
