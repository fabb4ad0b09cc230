export type { CorsRules } from './bucket/cors.ts';
export type { CredentialsProvider, ExpiringCredentials } from './bucket/credentials.ts';
export type { Provider } from './bucket/providers.ts';
export { type BucketConfig, configFromEnv } from './express/config-from-env.ts';
export type { ByRequest, FormContext } from './express/form-values.ts';
export type { S3FormOptions, UploadedAnswer } from './express/options.ts';
export { type EmbeddedForm, type PresignedUpload, type S3Form, s3Form } from './express/s3-form.ts';
export type { ClaimedUpload, ConfirmedUpload, Upload } from './express/upload.ts';
export type { Bytes } from './form/bytes.ts';
export type { ChosenFile, FileClaim } from './form/chosen-file.ts';
export type { Context } from './form/context.ts';
export type { OwnMessages } from './form/language.ts';
export type { Messages } from './form/messages.ts';
export type { FormInput } from './form/upload-form.ts';
export {
  type Addressing,
  type CannedAcl,
  type Checksum,
  type Condition,
  type Credentials,
  type CustomerKeyEncryption,
  createPresignedPost,
  type KmsEncryption,
  type PresignedPost,
  type PresignedPostOptions,
  S3FormError,
  type S3FormErrorCode,
  type ServerSideEncryption,
  type StorageClass,
} from './policy/index.ts';
